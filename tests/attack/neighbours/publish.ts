import { laplace } from "../../../core/privacy/mechanism.ts";
import { dayBounds } from "../../../core/time.ts";
import { type Cell, denseColumns, sumColumns } from "../../../schema/series/columns.ts";
import { freshnessOf } from "../../../workers/facts/freshness.ts";
import { judgeReadings } from "../../../workers/ingest/judge.ts";
import type { Plan, Population } from "../../../workers/release/catalogue.ts";
import { dueOf } from "../../../workers/release/due.ts";
import { type Heard, silence } from "../../../workers/release/silence.ts";
import { drawDense } from "../../../workers/release/vector.ts";
import type { SampleCity } from "../../../workers/simulator/city.ts";
import { countsOf, plansOfCity, rowsOf, sceneOf } from "../support/city-day.ts";
import { scaleOf } from "../support/plans.ts";
import { DAY, type Neighbours } from "./inputs.ts";

/** The steps that decide what shows, each replaceable by a faulty copy. */
export type Steps = {
  readonly judgeReadings: typeof judgeReadings;
  readonly silence: typeof silence;
  readonly drawDense: typeof drawDense;
};
export const REAL: Steps = { judgeReadings, silence, drawDense };

/** What the public sees of a day beside the values. */
export type Shown = {
  /** every published row: plan, window, cell */
  readonly rows: string;
  /** reasons row by row, how many values of each series are there, and how each feed stood through the day */
  readonly reasons: string;
  /** how many values can be read, and how many are withheld */
  readonly present: number;
  readonly withheld: number;
};

const PART_MS = 300_000;
const HEARTBEAT_SECONDS = 300;

/** Takes a day through ingest, the closing rule, silence, draw and the columns of the API. */
export function publish(
  city: SampleCity,
  { feed, isBackfill }: Neighbours,
  sent: Neighbours["having"],
  steps: Steps,
): Shown {
  const { timeZone } = city.config;
  const day = dayBounds(DAY, timeZone);
  const scene = sceneOf(city.config, feed, DAY);
  const beats = new Map<string, number[]>();
  const contributions = [...Map.groupBy(sent, ({ device }) => device)].flatMap(([device, own]) => {
    const judged = steps.judgeReadings(
      own.map(({ reading }) => reading),
      scene,
    );
    beats.set(device, judged.rows.heartbeats);
    return judged.rows.contributions;
  });
  const rows = rowsOf({ rows: { contributions, counters: [], heartbeats: [], facts: [], reports: [] } }, DAY);
  const plans = plansOfCity(city.config, feed);
  const devices = city.config.devices.filter((device) => device.feeds.includes(feed)).map(({ id }) => id);
  const population: Population = {
    number: 1,
    timeZone,
    latenessSeconds: 21_600,
    skewSeconds: 120,
    devices,
    isLive: !isBackfill,
    backfills: isBackfill ? [{ id: "b", firstDay: DAY, lastDay: DAY }] : [],
    plans: plans.map(({ number, config, partitions }) => releasePlan(number, config, partitions)),
  };
  const endedAt = isBackfill ? day.to : null;
  const due = dueOf(population, DAY, {
    now: day.to + 3_600_000,
    state: "OPEN",
    backfill: isBackfill ? "b" : null,
    endedAt,
    keyDestroyed: false,
    frozenUntil: new Map(plans.map(({ number }) => [number, null])),
    waitingSince: null,
    backfillWaits: false,
    backfillNear: false,
    earlierDays: [],
  });
  const heard = hearing(beats, devices);
  const published: string[] = [];
  const reasons: string[] = [];
  let [present, expected] = [0, 0];
  for (const plan of plans) {
    const { windows: counts } = countsOf(plan, rows);
    const cells = new Map<number, { start: number[]; value: (number | null)[]; withheld: Record<string, string> }>();
    const windows = due.windows.filter((slot) => slot.plan.number === plan.number);
    for (const slot of windows) {
      const own = counts.get(slot.window.from) ?? new Map<number, number>();
      const drawn = steps.drawDense(
        slot.plan.cells,
        own,
        steps.silence(slot, own, heard, endedAt),
        slot.plan.mechanism,
      );
      // As open.commit_slot writes it: a silent cell has a reason and no value.
      for (const [index, cell] of drawn.cells.entries()) {
        const series = cells.get(cell) ?? { start: [], value: [], withheld: {} };
        cells.set(cell, series);
        series.start.push(slot.window.from);
        series.value.push(drawn.silent[index] === true ? null : (drawn.values[index] ?? 0));
        if (drawn.silent[index] === true) series.withheld[slot.window.from] = "FEED_SILENT";
        published.push(`${plan.number} ${slot.window.from} ${cell}`);
      }
    }
    const series = [...cells].map(
      ([cell, own]): Cell => ({ plan: plan.number, place: String(cell), category: null, ...own }),
    );
    const leaves = windows.map(({ window }) => window);
    const wanted = ["place", "start", "withheld"] as const;
    const versions = [{ number: plan.number, version: 1, width: 1 }];
    const leafwise = denseColumns(series, versions, leaves, wanted);
    const whole = sumColumns(series, versions, { leaves, buckets: leaves.map(() => day) }, "all", [1], wanted);
    reasons.push(JSON.stringify([leafwise, whole]));
    present += leafwise.present;
    expected += leafwise.expected;
  }
  for (let now = day.from; now <= day.to; now += 3_600_000) {
    const before = [...beats.values()].flatMap((own) => own.filter((at) => at <= now));
    const last = before.reduce<number | null>((latest, at) => Math.max(latest ?? at, at), null);
    reasons.push(freshnessOf(now, last, HEARTBEAT_SECONDS));
  }
  return { rows: published.join("\n"), reasons: reasons.join("\n"), present, withheld: expected - present };
}

/** Whether a device (null: any) was heard in a window, as readHeard reads it from the database. */
function hearing(beats: ReadonlyMap<string, readonly number[]>, devices: readonly string[]): Heard {
  const parts = new Map(
    devices.map((device) => [device, new Set(beats.get(device)?.map((at) => Math.floor(at / PART_MS)))]),
  );
  const was = (device: string, from: number, to: number): boolean => {
    for (let at = from; at < to; at += PART_MS)
      if (parts.get(device)?.has(Math.floor(at / PART_MS)) === true) return true;
    return false;
  };
  return (device, { from, to }) =>
    device === null ? devices.some((one) => was(one, from, to)) : was(device, from, to);
}

type CityPlan = ReturnType<typeof plansOfCity>[number];

function releasePlan(number: number, config: CityPlan["config"], partitions: CityPlan["partitions"]): Plan {
  const { n, d } = scaleOf({
    dataset: "",
    population: "",
    bound: config.bound,
    microEpsilon: config.epsilonMicro,
    threshold: null,
  });
  return {
    number,
    dataset: String(number),
    version: 1,
    statistic: config.statistic,
    step: config.step,
    bound: config.bound,
    bounds: [config.bound],
    mechanism: laplace(n, d),
    threshold: config.threshold,
    graceSeconds: 60,
    activeFrom: 0,
    corrects: null,
    outage: null,
    cells: partitions.map(({ cell }) => cell),
    cellDevices: partitions.map(({ device }) => device),
  };
}
