import { laplace } from "../../core/privacy/mechanism.ts";
import { dayBounds } from "../../core/time.ts";
import type { Plan, Population } from "./catalogue.ts";
import type { DayState } from "./day-state.ts";
import { dueOf, ruleOf, windowsOfDay } from "./due.ts";

const DAY = "2026-11-20";
const { from, to } = dayBounds(DAY, "Asia/Seoul");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const plan: Plan = {
  number: 1,
  dataset: "people",
  version: 1,
  statistic: "PRESENCE",
  step: "PT1H",
  bound: 6,
  bounds: [6],
  mechanism: laplace(10),
  threshold: null,
  graceSeconds: 60,
  activeFrom: 0,
  corrects: null,
  outage: null,
  cells: [1, 2],
  cellDevices: [null, null],
};
const live: Population = {
  number: 1,
  timeZone: "Asia/Seoul",
  latenessSeconds: 21_600,
  skewSeconds: 120,
  devices: ["pole"],
  isLive: true,
  backfills: [],
  plans: [plan],
};
const covered: Population = { ...live, backfills: [{ id: "b", firstDay: "2026-11-01", lastDay: DAY }] };
const state = (change: Partial<DayState>): DayState => ({
  now: from + 3 * HOUR,
  state: "OPEN",
  backfill: null,
  endedAt: null,
  keyDestroyed: false,
  frozenUntil: new Map([[1, null]]),
  waitingSince: null,
  backfillWaits: false,
  backfillNear: false,
  earlierDays: [],
  ...change,
});
const starts = (population: Population, change: Partial<DayState>) =>
  dueOf(population, DAY, state(change)).windows.map(({ window }) => (window.from - from) / HOUR);

describe("live windows", () => {
  test("are due in time order once their grace and the intake's time are over", () => {
    const end = from + 2 * HOUR;
    expect(starts(live, { now: end + 65_000 })).toEqual([0, 1]);
    // kills: a rule without the time that intake transactions may take
    expect(starts(live, { now: end + 64_999 })).toEqual([0]);
  });

  test("wait for a batch that was received before their end and grace", () => {
    // kills: a watermark at the window's end, which loses what comes in its last second
    const waitingSince = from + 2 * HOUR + MINUTE - 1;
    expect(starts(live, { waitingSince })).toEqual([0]);
    expect(starts(live, { waitingSince: waitingSince + 1 })).toEqual([0, 1]);
  });

  test("are not due again behind where the plan is frozen", () => {
    expect(starts(live, { frozenUntil: new Map([[1, from + HOUR]]) })).toEqual([1]);
  });

  test("are those of the plans that were opened with the day", () => {
    expect(starts({ ...live, plans: [plan, { ...plan, number: 2 }] }, {})).toHaveLength(2);
  });
});

describe("the end of a live day", () => {
  const all = { frozenUntil: new Map([[1, to]]) };

  test("comes at its end and lateness", () => {
    expect(dueOf(live, DAY, state({ ...all, now: to + 6 * HOUR + 4_999 })).seal).toBe(false);
    expect(dueOf(live, DAY, state({ ...all, now: to + 6 * HOUR + 5_000 })).seal).toBe(true);
  });

  test("waits for a batch received before, six hours at most, then takes all windows with an alarm", () => {
    // kills: a day that is never sealed because one batch never ends
    const waitingSince = from + 90 * MINUTE;
    expect(dueOf(live, DAY, state({ now: to + 7 * HOUR, waitingSince })).seal).toBe(false);
    const lost = dueOf(live, DAY, state({ now: to + 12 * HOUR, waitingSince }));
    expect(lost).toMatchObject({ seal: true, loss: true });
    expect(lost.windows).toHaveLength(24);
  });
});

describe("a day that a declared backfill covers", () => {
  test("closes nothing before its end-of-day marker, by neither rule", () => {
    // kills: a live rule that seals history with what the first batches brought
    expect(ruleOf(covered, DAY, state({}))).toBe("HELD");
    expect(dueOf(covered, DAY, state({ now: to + 48 * HOUR }))).toEqual({ windows: [], seal: false, loss: false });
  });

  test("is known by what opened it, before its declaration is", () => {
    // kills: a worker that seals history by the live rule because it has not read the declaration yet
    expect(ruleOf(live, DAY, state({ backfill: "b" }))).toBe("HELD");
    expect(ruleOf(live, DAY, state({}))).toBe("LIVE");
  });

  test("closes whole and is sealed at once when the marker is there and all its batches are processed", () => {
    const endedAt = to + HOUR;
    expect(dueOf(covered, DAY, state({ endedAt, backfillWaits: true }))).toMatchObject({ windows: [], seal: false });
    const due = dueOf(covered, DAY, state({ endedAt, waitingSince: from }));
    expect(due.windows).toHaveLength(24);
    expect(due.seal).toBe(true);
  });

  test("lives on by the live rule when the marker came before the day was over", () => {
    // kills: a backfill that reaches now and seals today
    const endedAt = from + 3 * HOUR;
    const due = dueOf(covered, DAY, state({ endedAt, now: from + 3 * HOUR + 5 * MINUTE }));
    expect(due.windows).toHaveLength(3);
    expect(due.seal).toBe(false);
  });
});

describe("windows of a day", () => {
  test("are 25 hours where the clock is set back, and none for a plan of months", () => {
    expect(windowsOfDay(plan, "2014-11-02", "America/Los_Angeles")).toHaveLength(25);
    expect(windowsOfDay({ ...plan, step: "P1M" }, DAY, "Asia/Seoul")).toEqual([]);
    expect(windowsOfDay({ ...plan, step: "P1D" }, DAY, "Asia/Seoul")).toEqual([{ from, to }]);
  });
});
