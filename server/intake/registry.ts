import { createPublicKey, type KeyObject } from "node:crypto";
import { HubError } from "../../core/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

export type SigningKey = {
  readonly publicKey: KeyObject;
  readonly device: string;
  readonly revoked: boolean;
  readonly feeds: ReadonlySet<string>;
};
export type FeedEntry = { readonly population: number; readonly timeZone: string };
export type BackfillEntry = { readonly population: number; readonly firstDay: string; readonly lastDay: string };

type Snapshot = {
  readonly readAt: number;
  readonly keys: ReadonlyMap<string, SigningKey>;
  readonly feeds: ReadonlyMap<string, FeedEntry>;
  readonly backfills: ReadonlyMap<string, BackfillEntry>;
};

const KEYS = statement(new URL("./keys.sql", import.meta.url));
const FEEDS = statement(new URL("./feeds.sql", import.meta.url));
const BACKFILLS = statement(new URL("./backfills.sql", import.meta.url));

/** A withdrawal is effective within a second: half of it for this, half for the reading itself. */
const REFRESH_MS = 500;
/** How long the intake goes on with what it knows while the hub database is away. */
const STALE_MS = 60_000;
/** What is not known is looked for at once, but not more often than this. */
const SOONEST_MS = 100;

const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

type KeyRow = { key_id: string; public_key: Buffer; device: string; revoked: boolean; feeds: string[] };
type FeedRow = { feed: string; population: number; time_zone: string };
type BackfillRow = { id: string; population: number; first_day: string; last_day: string };

export type Registry = ReturnType<typeof createRegistry>;

/**
 * What the hub says of devices, feeds and backfills, held in memory and read again every half second.
 * `start` reads once and then goes on until `stop`.
 */
export function createRegistry(hub: Pool, log: Log, clock: () => number = Date.now) {
  let snapshot: Snapshot = { readAt: 0, keys: new Map(), feeds: new Map(), backfills: new Map() };
  let reading: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failing = false;
  let stopped = false;

  async function read(): Promise<void> {
    const readAt = clock();
    const [keys, feeds, backfills] = await Promise.all([
      hub.query<KeyRow>(KEYS),
      hub.query<FeedRow>(FEEDS),
      hub.query<BackfillRow>(BACKFILLS),
    ]);
    const before = snapshot.keys;
    snapshot = {
      readAt,
      keys: new Map(keys.rows.map((row) => [row.key_id, signingKey(row, before.get(row.key_id))])),
      feeds: new Map(feeds.rows.map((row) => [row.feed, { population: row.population, timeZone: row.time_zone }])),
      backfills: new Map(
        backfills.rows.map((row) => [
          row.id,
          { population: row.population, firstDay: row.first_day, lastDay: row.last_day },
        ]),
      ),
    };
  }

  function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  }

  async function loop(): Promise<void> {
    try {
      await refresh();
      failing = false;
    } catch (err) {
      if (!failing) log.warn({ event: "intake.registry_unread", err });
      failing = true;
    }
    if (!stopped) timer = setTimeout(() => void loop(), REFRESH_MS);
  }

  /** Asks the database anew for what a request named and memory does not know. */
  async function fresher(): Promise<void> {
    const asked = clock();
    while (snapshot.readAt < asked) {
      const wait = snapshot.readAt + SOONEST_MS - clock();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      if (snapshot.readAt >= asked) return;
      try {
        await refresh();
      } catch (cause) {
        throw unavailable(cause);
      }
    }
  }

  async function find<T>(pick: (from: Snapshot) => T | undefined): Promise<T | undefined> {
    if (clock() - snapshot.readAt > STALE_MS) throw unavailable();
    const known = pick(snapshot);
    if (known !== undefined) return known;
    await fresher();
    return pick(snapshot);
  }

  return {
    start: loop,
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
    /** Whether it may still be used. */
    usable: (): boolean => clock() - snapshot.readAt <= STALE_MS,
    failing: (): boolean => failing,
    /** @throws HubError STORE_UNAVAILABLE when memory is too old or does not know and the database is away */
    key: (keyId: string) => find(({ keys }) => keys.get(keyId)),
    /** Whether a key may write to a feed, by what is known now. */
    mayWrite: async (keyId: string, feed: string): Promise<boolean> =>
      (await find(({ keys }) => (keys.get(keyId)?.feeds.has(feed) ? true : undefined))) === true,
    feed: (id: string) => find(({ feeds }) => feeds.get(id)),
    backfill: (id: string) => find(({ backfills }) => backfills.get(id)),
  };
}

function signingKey(row: KeyRow, before: SigningKey | undefined): SigningKey {
  const der = Buffer.concat([SPKI_ED25519, row.public_key]);
  // A key id never gets another public key, so the parsed one is kept.
  const publicKey = before?.publicKey ?? createPublicKey({ key: der, format: "der", type: "spki" });
  return { publicKey, device: row.device, revoked: row.revoked, feeds: new Set(row.feeds) };
}

function unavailable(cause?: unknown): HubError {
  return new HubError("STORE_UNAVAILABLE", undefined, { retryAfter: 5, cause });
}
