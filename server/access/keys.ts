import { timingSafeEqual } from "node:crypto";
import { HubError } from "../../core/errors.ts";
import { type KeyEnvironment, parseKey } from "../../core/licence/key.ts";
import type { Principal } from "../../core/licence/principal.ts";
import type { Log } from "../../runtime/log.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { liesIn, networks } from "./address.ts";
import { byVersion } from "./by-version.ts";
import type { Watch } from "./watch.ts";

const FIND = statement(new URL("./find-key.sql", import.meta.url));
const USE = statement(new URL("./use-key.sql", import.meta.url));
const KEPT = 10_000;

type KeyRow = {
  id: string;
  hash: Buffer;
  environment: KeyEnvironment;
  organization: string;
  licence: string | null;
  scopes: string[];
  ipAllow: string[];
  expiresAt: number | null;
  revokedAt: number | null;
  lastUsedOn: string | null;
};

/** Compared with where no key has the characters, so that an unknown key takes the same way as a wrong one. */
const NO_HASH = Buffer.alloc(32);

/** One message for an unknown key and for a wrong one. */
const unknown = () => new HubError("UNAUTHENTICATED", "This key is not known.");

/**
 * Makes the check of keys. A key that was right is remembered by its hash until the version of access changes; an unknown or
 * wrong one is never remembered: both cost one look by its eight characters and one comparison in constant time.
 * While access cannot be confirmed a key that was right before is let in as it was: it opens what is open to everyone, and
 * licences rest meanwhile.
 * @param isSame in constant time
 */
export function keyCheck(
  hub: Queryable,
  { version, confirmed }: Pick<Watch, "version" | "confirmed">,
  now: () => number,
  log: Log,
  isSame: (one: Buffer, other: Buffer) => boolean = timingSafeEqual,
) {
  const known = byVersion<KeyRow>(KEPT, version);
  /** Keys whose use today is written or being written. */
  const used = new Map<string, string>();

  async function find(text: string): Promise<KeyRow> {
    const parts = parseKey(text);
    if (parts === null) {
      throw new HubError("UNAUTHENTICATED", "This is no key: it is cut or mistyped, its checksum does not fit.");
    }
    const kept = parts.hash.toString("base64");
    const before = known.get(kept);
    if (before !== undefined) return before;
    const last = known.last(kept);
    if (last !== undefined) return last;
    const asked = await confirmed();
    const { rows } = await hub.query<KeyRow>({ ...FIND, values: [parts.lookup] });
    const [row] = rows;
    const isRight = isSame(parts.hash, row?.hash ?? NO_HASH);
    if (row === undefined || !isRight || row.environment !== parts.environment) throw unknown();
    known.set(kept, row, asked);
    return row;
  }

  /** At most once a day and process; an answer does not wait for it. */
  function noteUse({ id, lastUsedOn }: KeyRow, time: number): void {
    const day = new Date(time).toISOString().slice(0, 10);
    if (lastUsedOn === day || used.get(id) === day) return;
    if (used.size >= KEPT) used.clear();
    used.set(id, day);
    hub.query({ ...USE, values: [id, day] }).catch((err: unknown) => {
      used.delete(id);
      log.warn({ event: "access.use_not_noted", err });
    });
  }

  /**
   * @param address where the request comes from
   * @throws HubError UNAUTHENTICATED, which says why but nothing of the key; ACCESS_UNCONFIRMED
   */
  return async function principalOfKey(text: string, address: string): Promise<Principal> {
    const row = await find(text);
    const time = now();
    // Whatever the clocks say: a revocation is never for later.
    if (row.revokedAt !== null) throw new HubError("UNAUTHENTICATED", "This key was revoked.");
    if (row.expiresAt !== null && row.expiresAt <= time) throw new HubError("UNAUTHENTICATED", "This key has expired.");
    if (row.ipAllow.length > 0 && !liesIn(networks(row.ipAllow), address)) {
      throw new HubError("UNAUTHENTICATED", "This key may not be used from this network.");
    }
    noteUse(row, time);
    const { id: key, organization, licence, environment, scopes, expiresAt } = row;
    return { kind: "KEY", key, organization, licence, environment, scopes, expiresAt };
  };
}
