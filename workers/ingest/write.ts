import { bigints, byteas, dates, instants, integers } from "../../runtime/binary-array.ts";
import type { Client } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Pending, Quarantined } from "./batch.ts";
import {
  byCounter,
  byUnit,
  type Counter,
  type Fact,
  type Pseudonymous,
  type PseudonymousReport,
  sortUnique,
} from "./rows.ts";

const CONTRIBUTIONS = statement(new URL("./write-contributions.sql", import.meta.url));
const COUNTERS = statement(new URL("./write-counters.sql", import.meta.url));
const HEARTBEATS = statement(new URL("./write-heartbeats.sql", import.meta.url));
const FACTS = statement(new URL("./write-facts.sql", import.meta.url));
const REPORTS = statement(new URL("./write-reports.sql", import.meta.url));
const NOTES = statement(new URL("./write-notes.sql", import.meta.url));
const QUARANTINE = statement(new URL("./write-quarantine.sql", import.meta.url));
const FINISH = statement(new URL("./finish-batches.sql", import.meta.url));

const DAY_MS = 86_400_000;
const epochDays = new Map<string, number>();

function epochDay(day: string): number {
  let number = epochDays.get(day);
  if (number === undefined) {
    if (epochDays.size > 10_000) epochDays.clear();
    number = Date.parse(`${day}T00:00:00Z`) / DAY_MS;
    epochDays.set(day, number);
  }
  return number;
}

/** Repetitions by plan: how many of the rows given stood already, or came twice. */
export type Repeated = Map<number, number>;

type Taken = { taken: number };
const taken = ({ rows }: { rows: Taken[] }): number => rows[0]?.taken ?? 0;

/** Inserts contributions in the order of their unique key, plan by plan. */
export async function writeContributions(client: Client, rows: readonly Pseudonymous[]): Promise<Repeated> {
  return byPlan(rows, byUnit, async (plan, of) => {
    const strata = integers(of.length, (i) => of[i]?.stratum ?? 0);
    const columns = [...placed(of), strata, byteas(of.map(({ pseudonym }) => pseudonym))];
    return taken(await client.query<Taken>({ ...CONTRIBUTIONS, values: [plan, ...columns] }));
  });
}

/** Inserts pre-aggregated counts in the order of their unique key, plan by plan. */
export async function writeCounters(client: Client, rows: readonly Counter[]): Promise<Repeated> {
  return byPlan(rows, byCounter, async (plan, of) => {
    const columns = [...placed(of), integers(of.length, (i) => of[i]?.value ?? 0)];
    return taken(await client.query<Taken>({ ...COUNTERS, values: [plan, ...columns] }));
  });
}

async function byPlan<T extends { readonly plan: number }>(
  rows: readonly T[],
  order: (a: T, b: T) => number,
  write: (plan: number, rows: readonly T[]) => Promise<number>,
): Promise<Repeated> {
  const repeated: Repeated = new Map();
  const given = Map.groupBy(rows, (row) => row.plan);
  for (const [plan, of] of Map.groupBy(sortUnique(rows, order), (row) => row.plan)) {
    const written = await write(plan, of);
    repeated.set(plan, (given.get(plan)?.length ?? 0) - written);
  }
  return repeated;
}

type Placed = { readonly day: string; readonly windowStart: number; readonly cell: number };

function placed(rows: readonly Placed[]): Buffer[] {
  const { length } = rows;
  return [
    dates(length, (i) => epochDay(rows[i]?.day ?? "")),
    instants(length, (i) => rows[i]?.windowStart ?? 0),
    bigints(length, (i) => rows[i]?.cell ?? 0),
  ];
}

export type Heartbeat = { readonly device: string; readonly feed: string; readonly at: number };

export async function writeHeartbeats(client: Client, rows: readonly Heartbeat[]): Promise<void> {
  if (rows.length === 0) return;
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = rows.toSorted((a, b) => compare(a.device, b.device) || a.at - b.at || compare(a.feed, b.feed));
  await client.query({
    ...HEARTBEATS,
    values: [
      sorted.map(({ device }) => device),
      sorted.map(({ feed }) => feed),
      instants(sorted.length, (i) => sorted[i]?.at ?? 0),
    ],
  });
}

export async function writeFacts(client: Client, rows: readonly Fact[]): Promise<void> {
  if (rows.length === 0) return;
  const sorted = sortUnique(rows, (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  await client.query({
    ...FACTS,
    values: [sorted.map(({ id }) => id), sorted.map(({ kind }) => kind), sorted.map(({ body }) => body)],
  });
}

/** Inserts reports and their redacted notes; the first of those with one id in one batch stands. */
export async function writeReports(
  client: Client,
  rows: readonly { batch: Pick<Pending, "population" | "device" | "feed" | "receivedAt">; row: PseudonymousReport }[],
): Promise<void> {
  if (rows.length === 0) return;
  const reports = rows.map(({ batch: { population, device, feed, receivedAt }, row }) => ({
    ...{ id: row.id, received_at: receivedAt, population, day: row.day, source: row.source.toString("hex") },
    ...{ source_kind: row.told.source, verified: row.verified, device, feed, key: row.told.key },
    ...{ revision: row.told.revision, category: row.told.category, severity: row.told.severity },
    ...{ urgency: row.told.urgency, certainty: row.told.certainty, cause: row.told.cause ?? null },
    ...{ at: new Date(row.told.at), longitude: row.told.longitude, latitude: row.told.latitude },
    ...{ snap_version: row.snapVersion, point: row.point },
    ...{ block_start: new Date(row.block.from), block_end: new Date(row.block.to) },
  }));
  await client.query({ ...REPORTS, values: [JSON.stringify(reports)] });
  const notes = rows.flatMap(({ batch: { receivedAt }, row: { id, note } }) =>
    note === null ? [] : [{ id, receivedAt, note }],
  );
  if (notes.length === 0) return;
  await client.query({
    ...NOTES,
    values: [notes.map(({ id }) => id), notes.map(({ receivedAt }) => receivedAt), notes.map(({ note }) => note)],
  });
}

export async function writeQuarantine(
  client: Client,
  rows: readonly { batch: Pending; row: Quarantined }[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    ...QUARANTINE,
    values: [
      rows.map(({ batch }) => batch.batch),
      rows.map(({ row }) => row.reading),
      rows.map(({ batch }) => batch.keyDay),
      rows.map(({ batch }) => batch.population),
      rows.map(({ row }) => row.reason),
      rows.map(({ row }) => row.field),
      byteas(rows.map(({ row }) => row.enc)),
      byteas(rows.map(({ row }) => row.sealed)),
    ],
  });
}

export type Finished = {
  readonly id: string;
  readonly state: "DONE" | "QUARANTINED";
  readonly reason: string | null;
  readonly accepted: number | null;
  readonly rejected: number | null;
  readonly repeated: number | null;
};

export async function finishBatches(client: Client, batches: readonly Finished[]): Promise<void> {
  if (batches.length === 0) return;
  const sorted = batches.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await client.query({
    ...FINISH,
    values: [
      sorted.map(({ id }) => id),
      sorted.map(({ state }) => state),
      sorted.map(({ reason }) => reason),
      sorted.map(({ accepted }) => accepted),
      sorted.map(({ rejected }) => rejected),
      sorted.map(({ repeated }) => repeated),
    ],
  });
}
