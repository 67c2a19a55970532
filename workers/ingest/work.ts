import { setImmediate as breathe } from "node:timers/promises";
import { HubError } from "../../core/errors.ts";
import { dayBounds } from "../../core/time.ts";
import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Pending, Prepared, Refuse, Wait } from "./batch.ts";
import type { Feed } from "./catalogue.ts";
import { commitGroup, Regroup, StaleCatalogue } from "./commit.ts";
import { type Opened, prepare, type Tools } from "./prepare.ts";
import type { Tickets } from "./tickets.ts";

const READ = statement(new URL("./read-batches.sql", import.meta.url));
const END_DAYS = statement(new URL("./end-days.sql", import.meta.url));

type Row = {
  id: string;
  population: number;
  feed: string;
  device: string;
  key_day: string;
  backfill: string | null;
  ends_day: boolean;
  received_at: Date;
  day_state: "OPEN" | "SEALED" | null;
  enc: Buffer | null;
  sealed: Buffer | null;
};

/**
 * How often a catalogue that does not know a day's plans is read again. A hub that was restored from before a plan was
 * made will never know it, and the batches go on without.
 */
const READINGS = 3;

export type WorkTools = Tools & {
  readonly edge: Pool;
  readonly tickets: Tickets;
  readonly log: Log;
};

/**
 * Works on the batches of some tickets: opens, judges, pseudonymises, writes. Ids that are done already, or that another
 * worker has, change nothing. A batch that cannot be written for a reason of its own does not hold up the others.
 * @param readings how often the catalogue may still be read again
 * @returns the batches that wait for a day to open; they are as they were
 * @throws an error that ends with time (database, keyring); then the same ids may be given again
 */
export async function work(ids: readonly string[], tools: WorkTools, readings = READINGS): Promise<Wait[]> {
  const { rows } = await tools.edge.query<Row>({ ...READ, values: [ids] });
  const waits: Wait[] = [];
  const refused: Refuse[] = [];
  const toOpen: Pending[] = [];
  for (const batch of rows.map(pendingOf)) {
    if (batch.dayState === "SEALED") refused.push({ kind: "refuse", batch, reason: "DAY_SEALED" });
    else if (await mustWait(batch, tools)) waits.push({ kind: "wait", batch, days: [batch.keyDay] });
    else toOpen.push(batch);
  }
  const prepared: Prepared[] = [];
  for (const opened of await openAll(toOpen, tools)) {
    const result = "kind" in opened ? opened : await prepareSafely(opened, tools);
    if ("kind" in result) refused.push(result);
    else prepared.push(result);
    await breathe();
  }
  waits.push(...(await write(prepared, refused, tools, readings)));
  await endDays(rows, tools);
  return waits;
}

/** An error that a batch brings itself, and would bring again: of its values, or of our code with them. */
function isOfTheBatch(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^2[23]\w{3}$/.test(code);
}

async function prepareSafely(opened: Opened, tools: WorkTools): Promise<Prepared | Refuse> {
  try {
    return await prepare(opened, tools);
  } catch (err) {
    if (!isOfTheBatch(err)) throw err;
    tools.log.error({ event: "ingest.batch_set_aside", err });
    return { kind: "refuse", batch: opened.batch, reason: "INTERNAL" };
  }
}

function pendingOf(row: Row): Pending {
  const { id, population, feed, device, backfill, enc, sealed } = row;
  return {
    batch: id,
    population,
    feed,
    device,
    backfill,
    enc,
    sealed,
    keyDay: row.key_day,
    receivedAt: row.received_at,
    endsDay: row.ends_day,
    dayState: row.day_state,
  };
}

/** Whether it is of no use to open a batch yet: its day takes rows later. */
async function mustWait(batch: Pending, tools: WorkTools): Promise<boolean> {
  if (batch.dayState !== null) return false;
  const feed = await feedOf(batch, tools);
  if (feed === undefined || feed.plans.all.size === 0) return false;
  if (batch.backfill !== null) return true;
  const { latenessMs, sealLimitMs } = feed.clock;
  return tools.clock() <= dayBounds(batch.keyDay, feed.timeZone).to + latenessMs + sealLimitMs;
}

async function feedOf(batch: Pending, tools: WorkTools): Promise<Feed | undefined> {
  const known = (await tools.catalogue()).feeds.get(batch.feed);
  return known ?? (await tools.catalogue(tools.clock())).feeds.get(batch.feed);
}

/** One question to the keyring for each population and day. */
async function openAll(batches: readonly Pending[], { keys }: WorkTools): Promise<(Opened | Refuse)[]> {
  const groups = Map.groupBy(batches, ({ population, keyDay }) => `${population} ${keyDay}`);
  const opened: (Opened | Refuse)[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    try {
      const of = { population: first.population, day: first.keyDay };
      const { secrets, publicKey } = await keys.decapsulate(
        of,
        group.map(({ enc }) => enc ?? Buffer.alloc(0)),
      );
      opened.push(...group.map((batch, index) => ({ batch, secret: secrets[index] ?? null, publicKey })));
    } catch (error) {
      const code = error instanceof HubError ? error.code : null;
      if (code !== "KEY_DESTROYED" && code !== "SEAL_INVALID") throw error;
      const reason = code === "KEY_DESTROYED" ? "DAY_SEALED" : code;
      opened.push(...group.map((batch): Refuse => ({ kind: "refuse", batch, reason })));
    }
  }
  return opened;
}

async function write(
  prepared: readonly Prepared[],
  refused: readonly Refuse[],
  tools: WorkTools,
  readings: number,
): Promise<Wait[]> {
  if (prepared.length + refused.length === 0) return [];
  try {
    const waits = await commitGroup(tools.edge, prepared, refused, readings > 0);
    if (prepared.some(({ facts }) => facts.length > 0)) tools.tickets.facts();
    return waits;
  } catch (error) {
    if (error instanceof StaleCatalogue) {
      await tools.catalogue(tools.clock());
      return work(
        [...prepared, ...refused].map(({ batch }) => batch.batch),
        tools,
        readings - 1,
      );
    }
    if (error instanceof Regroup || isOfTheBatch(error))
      return writeOneByOne(prepared, refused, error, tools, readings);
    throw error;
  }
}

/** After a group failed: each batch alone, and one that still fails is set aside as it is, sealed. */
async function writeOneByOne(
  prepared: readonly Prepared[],
  refused: readonly Refuse[],
  error: unknown,
  tools: WorkTools,
  readings: number,
): Promise<Wait[]> {
  const [only] = prepared;
  if (prepared.length + refused.length === 1) {
    if (only === undefined) throw error;
    tools.log.error({ event: "ingest.batch_set_aside", err: error });
    return write([], [{ kind: "refuse", batch: only.batch, reason: "INTERNAL" }], tools, readings);
  }
  const waits: Wait[] = [];
  for (const one of prepared) waits.push(...(await write([one], [], tools, readings)));
  for (const one of refused) waits.push(...(await write([], [one], tools, readings)));
  return waits;
}

/** Backfill days that may have ended with these batches. */
async function endDays(rows: readonly Row[], tools: WorkTools): Promise<void> {
  const days = Map.groupBy(
    rows.filter(({ backfill }) => backfill !== null),
    (row) => `${row.population} ${row.key_day}`,
  );
  for (const [first] of days.values()) if (first !== undefined) await noteEnded(tools, first.population, first.key_day);
}

/**
 * Notes the end of backfill days whose batches are all processed, and tells the release worker. Without a day: of all,
 * for what a crash left between a batch and its note.
 */
export async function noteEnded(
  { edge, tickets }: Pick<WorkTools, "edge" | "tickets">,
  population: number | null = null,
  day: string | null = null,
): Promise<void> {
  const ended = await edge.query<{ population: number; day: string }>({ ...END_DAYS, values: [population, day] });
  for (const row of ended.rows) tickets.ended(row.population, row.day);
}
