import type { RowReason } from "../../core/errors.ts";
import { type Client, inTransaction, type Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Prepared, Quarantined, Refuse, Wait } from "./batch.ts";
import type { Feed } from "./catalogue.ts";
import type { Counter, Pseudonymous } from "./rows.ts";
import {
  type Finished,
  finishBatches,
  type Repeated,
  writeContributions,
  writeCounters,
  writeFacts,
  writeHeartbeats,
  writeQuarantine,
  writeReports,
} from "./write.ts";

const LOCK_BATCHES = statement(new URL("./lock-batches.sql", import.meta.url));
const LOCK_DAYS = statement(new URL("./lock-days.sql", import.meta.url));
const PLAN_DAYS = statement(new URL("./plan-days.sql", import.meta.url));

/** The group holds repetitions that only a batch alone can be told of: do them one by one. */
export class Regroup extends Error {}
/** A locked day has plans that the catalogue at hand does not know: read it again. */
export class StaleCatalogue extends Error {}

/** What a day of a population is, under our lock; `takes`: the windows that a plan takes of it, by their start. */
type Days = {
  readonly states: ReadonlyMap<string, "OPEN" | "SEALED">;
  readonly takes: ReadonlyMap<string, { readonly from: number; readonly until: number }>;
};

const dayKey = (population: number, day: string): string => `${population} ${day}`;
const planKey = (plan: number, day: string): string => `${plan} ${day}`;

/**
 * Writes a group of batches in one transaction, with their state: each is written once or not at all.
 *
 * Locks are taken in one order by every worker (batches without waiting, days, then rows by their unique keys), so that
 * no two wait for each other in a circle.
 * @param mayBeStale whether a plan that the catalogue does not know is a reason to read it again
 * @returns the batches that must wait for a day to open; they are untouched
 * @throws Regroup, StaleCatalogue, or the database's error; then nothing is written
 */
export function commitGroup(
  edge: Pool,
  prepared: readonly Prepared[],
  refused: readonly Refuse[],
  mayBeStale: boolean,
): Promise<Wait[]> {
  return inTransaction(edge, async (client) => {
    const all = [...prepared, ...refused].map(({ batch }) => batch.batch);
    const locked = await client.query<{ id: string }>({ ...LOCK_BATCHES, values: [all] });
    const ours = new Set(locked.rows.map(({ id }) => id));
    const mine = prepared.filter(({ batch }) => ours.has(batch.batch));
    const days = await lockDays(client, mine, mayBeStale);

    const waiting = mine.flatMap((one): Wait[] => {
      const missing = neededDays(one).filter((day) => !days.states.has(dayKey(one.batch.population, day)));
      return missing.length === 0 ? [] : [{ kind: "wait", batch: one.batch, days: missing }];
    });
    const waits = new Set(waiting.map(({ batch }) => batch.batch));
    const trimmed = mine.filter(({ batch }) => !waits.has(batch.batch)).map((one) => trim(one, days));
    await finishBatches(client, [
      ...(await writeAll(client, trimmed)),
      ...refused
        .filter(({ batch }) => ours.has(batch.batch))
        .map(({ batch, reason }) => ({ ...REFUSED, id: batch.batch, reason })),
    ]);
    return waiting;
  });
}

const REFUSED = { state: "QUARANTINED", accepted: null, rejected: null, repeated: null } as const;

function neededDays({ contributions, counters, reports, closedDays }: Prepared): string[] {
  const days = new Set<string>();
  for (const rows of [contributions, counters, reports]) for (const { day } of rows) days.add(day);
  return [...days].filter((day) => !closedDays.has(day));
}

async function lockDays(client: Client, prepared: readonly Prepared[], mayBeStale: boolean): Promise<Days> {
  const pairs = new Map<string, [number, string]>();
  for (const { batch, contributions, counters, reports } of prepared) {
    for (const rows of [contributions, counters, reports]) {
      for (const { day } of rows) pairs.set(dayKey(batch.population, day), [batch.population, day]);
    }
  }
  if (pairs.size === 0) return { states: new Map(), takes: new Map() };
  const values = [[...pairs.values()].map(([population]) => population), [...pairs.values()].map(([, day]) => day)];
  const states = await client.query<{ population: number; day: string; state: "OPEN" | "SEALED" }>({
    ...LOCK_DAYS,
    values,
  });
  const plans = await client.query<{ plan: number; day: string; frozen_until: Date | null; takes_until: Date | null }>({
    ...PLAN_DAYS,
    values,
  });
  const known = new Set(prepared.flatMap(({ feed }) => [...feed.plans.all]));
  if (mayBeStale && plans.rows.some(({ plan }) => !known.has(plan))) throw new StaleCatalogue();
  return {
    states: new Map(states.rows.map((row) => [dayKey(row.population, row.day), row.state])),
    takes: new Map(
      plans.rows.map((row) => [
        planKey(row.plan, row.day),
        {
          from: row.frozen_until?.getTime() ?? Number.NEGATIVE_INFINITY,
          until: row.takes_until?.getTime() ?? Number.POSITIVE_INFINITY,
        },
      ]),
    ),
  };
}

type Trimmed = Prepared & { readonly late: readonly Quarantined[] };

/**
 * Leaves what the locked days take: a sealed day takes nothing, a plan nothing of its frozen windows, a correction nothing
 * outside its outage. A reading all of
 * whose rows belong to sealed days is refused; one that is late for some plan still counts in the others.
 */
function trim(one: Prepared, days: Days): Trimmed {
  const { population } = one.batch;
  const isOpen = (day: string): boolean => days.states.get(dayKey(population, day)) === "OPEN";
  const takes = ({ plan, day, windowStart }: Pseudonymous | Counter): boolean => {
    const windows = days.takes.get(planKey(plan, day));
    return isOpen(day) && windows !== undefined && windowStart >= windows.from && windowStart < windows.until;
  };
  return {
    ...one,
    late: lateReadings(one, isOpen, (day) => days.states.get(dayKey(population, day)) === "SEALED"),
    contributions: one.contributions.filter(takes),
    counters: one.counters.filter(takes),
    reports: one.reports.filter(({ day }) => isOpen(day)),
  };
}

function lateReadings(
  one: Prepared,
  isOpen: (day: string) => boolean,
  isSealed: (day: string) => boolean,
): Quarantined[] {
  const open = new Set<number>();
  const closed = new Map<number, RowReason>();
  for (const rows of [one.contributions, one.counters, one.reports]) {
    for (const { day, reading } of rows) {
      if (isOpen(day)) open.add(reading);
      else closed.set(reading, isSealed(day) ? "DAY_SEALED" : "DAY_NOT_OPEN");
    }
  }
  return [...closed]
    .filter(([reading]) => !open.has(reading))
    .map(([reading, reason]) => {
      const { enc, ciphertext } = one.sealAgain(reading);
      return { reading, reason, field: null, enc, sealed: ciphertext };
    });
}

async function writeAll(client: Client, group: readonly Trimmed[]): Promise<Finished[]> {
  const contributions = await writeContributions(
    client,
    group.flatMap((one) => one.contributions),
  );
  const counters = await writeCounters(
    client,
    group.flatMap((one) => one.counters),
  );
  const repeats = new Map(group.map((one) => [one, repeatedReadings(one.feed, contributions, counters)]));
  if (group.length > 1 && [...repeats.values()].some((count) => count > 0)) throw new Regroup();

  await writeHeartbeats(
    client,
    group.flatMap(({ batch: { device, feed }, heartbeats }) => heartbeats.map((at) => ({ device, feed, at }))),
  );
  await writeFacts(
    client,
    group.flatMap((one) => one.facts),
  );
  await writeReports(
    client,
    group.flatMap(({ batch, reports }) => reports.map((row) => ({ batch, row }))),
  );
  await writeQuarantine(
    client,
    group.flatMap(({ batch, quarantined, late }) => [...quarantined, ...late].map((row) => ({ batch, row }))),
  );
  return group.map((one) => {
    const rejected = one.quarantined.length + one.late.length;
    const repeated = Math.min(repeats.get(one) ?? 0, one.readings - rejected);
    const accepted = one.readings - rejected - repeated;
    return { id: one.batch.batch, state: "DONE", reason: null, accepted, rejected, repeated };
  });
}

/**
 * How many readings repeat what stands already. A trip, an incident or a count is one row of a plan, so the plan with
 * the most repetitions tells. Tracks are sent again and again by design and are not counted.
 */
function repeatedReadings({ plans }: Feed, contributions: Repeated, counters: Repeated): number {
  const most = (of: readonly { number: number }[], repeated: Repeated): number =>
    Math.max(0, ...of.map((plan) => repeated.get(plan.number) ?? 0));
  return (
    most([...plans.DEPARTURES, ...plans.ORIGIN_DESTINATION], contributions) +
    most(plans.INCIDENTS, contributions) +
    most(plans.COUNTER, counters)
  );
}
