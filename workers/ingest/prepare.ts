import { parseBatchHeader } from "../../core/edge/batch.ts";
import { openBatch, sealReading } from "../../core/edge/envelope.ts";
import { HubError } from "../../core/errors.ts";
import { dayBounds } from "../../core/time.ts";
import type { Pending, Prepared, Quarantined, Refuse } from "./batch.ts";
import type { Catalogue, Feed } from "./catalogue.ts";
import { judgeReadings, mayBeNews, type Refused } from "./judge.ts";
import type { Keys } from "./keys.ts";
import { pseudonymousReport } from "./rows.ts";
import type { Scene, Subject } from "./scene.ts";

export type Tools = {
  readonly keys: Keys;
  /** a catalogue read after the given instant (epoch ms), or the one at hand */
  readonly catalogue: (notBefore?: number) => Promise<Catalogue>;
  readonly clock: () => number;
};

export type Opened = { readonly batch: Pending; readonly secret: Buffer | null; readonly publicKey: Buffer };

/**
 * Opens, judges and pseudonymises one batch. Touches no database.
 * @throws HubError KEYRING_UNAVAILABLE, or the database's error while the catalogue is read
 */
export async function prepare(opened: Opened, tools: Tools): Promise<Prepared | Refuse> {
  const { batch, secret } = opened;
  const refuse = (reason: HubError["code"]): Refuse => ({ kind: "refuse", batch, reason });
  if (secret === null || batch.sealed === null) return refuse("SEAL_INVALID");
  let readings: readonly unknown[];
  try {
    readings = parseBatchHeader(JSON.parse(openBatch(secret, batch, batch.sealed).toString("utf8"))).readings;
  } catch (error) {
    return refuse(error instanceof HubError ? error.code : "BODY_NOT_JSON");
  }
  const receivedAt = batch.receivedAt.getTime();
  let catalogue = await tools.catalogue();
  if (!catalogue.feeds.has(batch.feed)) catalogue = await tools.catalogue(tools.clock());
  let scene = sceneOf(batch, catalogue);
  if (scene === null) return refuse("STREAM_FORBIDDEN");
  let judged = judgeReadings(readings, scene);
  if (mayBeNews(judged.refused) && catalogue.readAt < receivedAt) {
    // What the batch names may have been registered after we read: nothing is refused for what was known at its receipt.
    scene = sceneOf(batch, await tools.catalogue(receivedAt)) ?? scene;
    judged = judgeReadings(readings, scene);
  }
  try {
    return await seal(opened, readings, judged.refused, judged.rows, scene.feed, tools);
  } catch (error) {
    if (error instanceof HubError && error.code === "KEY_DESTROYED") return refuse("DAY_SEALED");
    if (error instanceof HubError && error.code === "DAY_NOT_OPEN") return refuse("DAY_NOT_OPEN");
    throw error;
  }
}

function sceneOf(batch: Pending, catalogue: Catalogue): Scene | null {
  const feed = catalogue.feeds.get(batch.feed);
  if (feed === undefined || feed.population !== batch.population) return null;
  return {
    catalogue,
    feed,
    device: batch.device,
    receivedAt: batch.receivedAt.getTime(),
    backfillDay: batch.backfill === null ? null : batch.keyDay,
  };
}

async function seal(
  { batch, publicKey }: Opened,
  readings: readonly unknown[],
  refused: readonly Refused[],
  rows: ReturnType<typeof judgeReadings>["rows"],
  feed: Feed,
  tools: Tools,
): Promise<Prepared> {
  const sealAgain = (reading: number) =>
    sealReading(publicKey, batch, reading, JSON.stringify(readings[reading] ?? null));
  const quarantined: Quarantined[] = refused.map(({ reading, reason, field }) => {
    const { enc, ciphertext } = sealAgain(reading);
    return { reading, reason, field, enc, sealed: ciphertext };
  });
  const hash = await hashesOf([...rows.contributions, ...rows.reports], batch, feed, tools.keys);
  return {
    batch,
    feed,
    readings: readings.length,
    contributions: rows.contributions.map(({ subject, ...row }) => ({ ...row, pseudonym: hash(row.day, subject) })),
    counters: rows.counters,
    heartbeats: rows.heartbeats,
    facts: rows.facts,
    reports: rows.reports.map((row) => pseudonymousReport(row, hash(row.day, row.subject), batch.population)),
    quarantined,
    sealAgain,
    closedDays: closedDays([...rows.contributions, ...rows.counters, ...rows.reports], batch, feed, tools.clock()),
  };
}

/** The hash of a subject under the key of its day, for all days of some rows. */
async function hashesOf(
  rows: readonly { readonly day: string }[],
  batch: Pending,
  feed: Feed,
  keys: Keys,
): Promise<(day: string, subject: Subject) => Buffer> {
  const hashes = new Map<string, (kind: string, id: string) => Buffer>();
  for (const day of new Set(rows.map((row) => row.day))) {
    const of = { population: batch.population, day };
    hashes.set(day, remembering(await keys.pseudonymise(of, feed.controller, batch.backfill !== null)));
  }
  return (day, { kind, id }) => {
    const hash = hashes.get(day);
    if (hash === undefined) throw new TypeError("a day without its key");
    return hash(kind, id);
  };
}

/** Within a batch the same subject comes again and again. */
function remembering(hash: (kind: string, id: string) => Buffer): (kind: string, id: string) => Buffer {
  const known = new Map<string, Buffer>();
  return (kind, id) => {
    const key = `${kind} ${id}`;
    let pseudonym = known.get(key);
    if (pseudonym === undefined) {
      pseudonym = hash(kind, id);
      known.set(key, pseudonym);
    }
    return pseudonym;
  };
}

/** Live days that ended so long ago that they are sealed, or were never opened. */
function closedDays(
  rows: readonly { readonly day: string }[],
  batch: Pending,
  feed: Feed,
  now: number,
): ReadonlySet<string> {
  if (batch.backfill !== null) return new Set();
  const { latenessMs, sealLimitMs } = feed.clock;
  const closed = (day: string): boolean => now > dayBounds(day, feed.timeZone).to + latenessMs + sealLimitMs;
  return new Set([...new Set(rows.map((row) => row.day))].filter(closed));
}
