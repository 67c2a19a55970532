import { randomInt, randomUUID } from "node:crypto";
import { STATISTICS } from "../../../core/privacy/plan.ts";
import { dayBounds } from "../../../core/time.ts";
import type { Prepared } from "../../../workers/ingest/batch.ts";
import type { Plans } from "../../../workers/ingest/catalogue.ts";
import type { Pseudonymous } from "../../../workers/ingest/rows.ts";
import type { Plan } from "../../../workers/release/catalogue.ts";
import { type Slot, slotsOf } from "../../../workers/release/reserve.ts";
import { pseudonym } from "../../support/stage/scene.ts";

export const DAY = "2026-07-01";
const { from: MIDNIGHT } = dayBounds(DAY, "Asia/Seoul");
const TEN = 600_000;
export const WINDOWS = 12;
export const CELLS = 5;
const UNITS = 24;
const ROWS_A_BATCH = 16;
const DUPLICATES_PER_MILLE = 300;

/** Windows of ten minutes from midnight on; with two parts of the day, the second begins in their middle. */
export const slotsFor = (plan: Plan): Slot[] =>
  slotsOf(
    Array.from({ length: WINDOWS }, (_, n) => ({
      plan,
      window: { from: MIDNIGHT + n * TEN, to: MIDNIGHT + (n + 1) * TEN },
    })),
  );

/** Rows for each of many batches; 30 % repeat one that came before, in whatever batch. */
export function crowdedDay(plan: Plan, batches: number): Pseudonymous[][] {
  const all: Pseudonymous[] = [];
  const rows = Array.from({ length: batches }, () => [] as Pseudonymous[]);
  for (let n = 0; n < batches * ROWS_A_BATCH; n++) {
    const again = n > 0 && randomInt(1000) < DUPLICATES_PER_MILLE ? all[randomInt(all.length)] : undefined;
    const row = again ?? anyRow(plan);
    all.push(row);
    rows[n % batches]?.push(row);
  }
  return rows;
}

function anyRow(plan: Plan): Pseudonymous {
  const window = randomInt(WINDOWS);
  return {
    plan: plan.number,
    day: DAY,
    windowStart: MIDNIGHT + window * TEN,
    cell: 1 + randomInt(CELLS),
    stratum: Math.floor((window * plan.bounds.length) / WINDOWS),
    reading: 0,
    pseudonym: pseudonym(`unit-${randomInt(UNITS)}`),
  };
}

/** A batch of a population that was opened, judged and pseudonymised. */
export function preparedBatch(batch: string, population: number, plan: Plan, rows: readonly Pseudonymous[]): Prepared {
  const none = Object.fromEntries(STATISTICS.map((statistic) => [statistic, []])) as unknown as Plans;
  return {
    batch: {
      batch,
      population,
      feed: "crowd",
      device: "crowd",
      keyDay: DAY,
      backfill: null,
      receivedAt: new Date(),
      endsDay: false,
      dayState: "OPEN",
      enc: null,
      sealed: null,
    },
    feed: {
      id: "crowd",
      readingTypes: new Set(["track"]),
      population,
      controller: randomUUID(),
      clock: { graceMs: 0, intakeMs: 0, latenessMs: 0, skewMs: 0, sealLimitMs: 0 },
      city: "crowd",
      timeZone: "Asia/Seoul",
      bounds: [126, 35, 127, 36],
      eventDatasets: [],
      snapSets: [],
      availabilityDatasets: [],
      plans: { ...none, all: new Set([plan.number]) },
    },
    readings: rows.length,
    contributions: rows,
    counters: [],
    heartbeats: [],
    facts: [],
    reports: [],
    quarantined: [],
    sealAgain: () => ({ enc: Buffer.alloc(32), ciphertext: Buffer.alloc(1) }),
    closedDays: new Set(),
  };
}
