import { daysOf, windowOf } from "../../core/time.ts";
import type { Plan, Population } from "./catalogue.ts";
import { longIsDue } from "./long-windows.ts";

const ZONE = "America/Los_Angeles";
const window = windowOf(Date.parse("2014-03-10T12:00:00Z"), "P1M", ZONE);
const march = daysOf(window, ZONE) as string[];
const plan = { step: "P1M", graceSeconds: 60 } as Plan;
const population = (change: Partial<Population> = {}): Population => ({
  number: 1,
  timeZone: ZONE,
  latenessSeconds: 21_600,
  skewSeconds: 120,
  devices: [],
  isLive: false,
  backfills: [{ id: "b", firstDay: "2014-01-01", lastDay: "2014-12-31" }],
  plans: [],
  ...change,
});
const now = window.to - 86_400_000;

describe("a window longer than a day", () => {
  test("of a backfill is due when the last covered day in it is sealed", () => {
    const due = (reported: string[], open = 0) => longIsDue(population(), { plan, window }, { now, reported, open });
    expect(due(march)).toBe(true);
    // kills: releasing a month when its first day is sealed
    expect(due(march.slice(0, -1))).toBe(false);
    expect(due(march, 1)).toBe(false);
    expect(due([])).toBe(false);
  });

  test("is released in part where the declared period begins or ends inside it", () => {
    const short = population({ backfills: [{ id: "b", firstDay: "2014-01-01", lastDay: "2014-03-10" }] });
    const due = (reported: string[]) => longIsDue(short, { plan, window }, { now, reported, open: 0 });
    expect(due(march.slice(0, 10))).toBe(true);
    expect(due(march.slice(0, 9))).toBe(false);
  });

  test("of a live population waits for its end and lateness", () => {
    const due = (at: number) =>
      longIsDue(population({ isLive: true, backfills: [] }), { plan, window }, { now: at, reported: march, open: 0 });
    expect(due(window.to + 6 * 3_600_000)).toBe(false);
    expect(due(window.to + 6 * 3_600_000 + 5_000)).toBe(true);
  });
});
