import { setTimeout as sleep } from "node:timers/promises";
import { dayBounds, type Step, windowsOf } from "../../core/time.ts";
import type { Backfill } from "../../prisma/cities/history.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { ImportFault } from "./fault.ts";
import type { Rejects } from "./rejects.ts";

const plans = statement(new URL("./plans.sql", import.meta.url));
const taken = statement(new URL("./taken.sql", import.meta.url));
const refused = statement(new URL("./refused.sql", import.meta.url));
const bounded = statement(new URL("./bounded.sql", import.meta.url));
const released = statement(new URL("./released.sql", import.meta.url));

/** How long the windows longer than a day may take after the last day is sealed. */
const RELEASE_MS = 60_000;

export type Plan = {
  readonly population: number;
  readonly plan: number;
  readonly dataset: string;
  readonly step: Step;
};

/** The plans of a population, in the hub's numbers. @throws ImportFault for a population that has none */
export async function plansOf(hub: Pool, population: string): Promise<Plan[]> {
  const { rows } = await hub.query<Plan>({ ...plans, values: [population] });
  if (rows.length === 0) throw new ImportFault(`the hub has no plan for the population ${population}`);
  return rows;
}

export type DatasetTotal = {
  readonly dataset: string;
  /** pairs of row and cell that came, and that the bound took away */
  contributions: number;
  boundedAway: number;
  releasedWindows: number;
};

export type Totals = {
  readonly accepted: number;
  readonly boundedAway: number;
  readonly releasedWindows: number;
  readonly datasets: readonly DatasetTotal[];
};

/**
 * What became of a file's rows, counted in the databases, not remembered: the same after an interruption.
 *
 * A row is a unit of its own and touches one cell of a plan, so that a row that the bound took away in every plan counts
 * in none: `boundedAway` is the least of the plans' figures and is taken off `accepted`.
 * @param rejects takes what the ingest refused, by reason
 */
export async function totalsOf(
  databases: { hub: Pool; edge: Pool },
  backfill: Backfill,
  timeZone: string,
  of: readonly Plan[],
  rejects: Rejects,
  signal: AbortSignal,
): Promise<Totals> {
  const { hub, edge } = databases;
  const [sums] = (
    await edge.query<{ accepted: number; rejected: number; repeated: number; pending: number; quarantined: number }>({
      ...taken,
      values: [backfill.id],
    })
  ).rows;
  if (sums === undefined || Number(sums.pending) > 0)
    throw new ImportFault("batches of the import still wait; run it again");
  const reasons = await edge.query<{ reason: string; readings: number }>({ ...refused, values: [backfill.id] });
  let explained = 0;
  for (const { reason, readings } of reasons.rows) {
    rejects.count(reason, Number(readings));
    explained += Number(readings);
  }
  // Quarantined rows are kept for a week; afterwards only their number is known.
  rejects.count("ROW_INVALID", Math.max(0, Number(sums.rejected) - explained));
  rejects.count("SEAL_INVALID", Number(sums.quarantined));
  rejects.count("ROW_DUPLICATE", Number(sums.repeated));

  const numbers = of.map(({ plan }) => plan);
  const period = {
    from: dayBounds(backfill.firstDay, timeZone).from,
    to: dayBounds(backfill.lastDay, timeZone).to,
  };
  const datasets = new Map<number, DatasetTotal>(
    of.map(({ plan, dataset }) => [plan, { dataset, contributions: 0, boundedAway: 0, releasedWindows: 0 }]),
  );
  const limits = await edge.query<{ plan: number; contributions: number; bounded_away: number }>({
    ...bounded,
    values: [numbers, backfill.firstDay, backfill.lastDay],
  });
  for (const row of limits.rows) {
    const dataset = datasets.get(row.plan);
    if (dataset === undefined) continue;
    dataset.contributions = Number(row.contributions);
    dataset.boundedAway = Number(row.bounded_away);
  }

  const expected = of.reduce((sum, { step }) => sum + windowsOf(period, step, timeZone).length, 0);
  let releasedWindows = 0;
  for (const end = Date.now() + RELEASE_MS; ; await sleep(100, undefined, { signal })) {
    const { rows } = await hub.query<{ plan: number; windows: number }>({
      ...released,
      values: [numbers, new Date(period.from), new Date(period.to)],
    });
    releasedWindows = 0;
    for (const row of rows) {
      const dataset = datasets.get(row.plan);
      if (dataset !== undefined) dataset.releasedWindows = Number(row.windows);
      releasedWindows += Number(row.windows);
    }
    if (releasedWindows >= expected || Date.now() > end) break;
  }
  const boundedAway = Math.min(...[...datasets.values()].map((dataset) => dataset.boundedAway));
  return {
    accepted: Number(sums.accepted) - boundedAway,
    boundedAway,
    releasedWindows,
    datasets: [...datasets.values()],
  };
}
