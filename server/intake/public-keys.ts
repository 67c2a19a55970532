import { HubError } from "../../core/errors.ts";
import { callLocal } from "../../runtime/unix-http.ts";

/** A live day's key lives for days; a backfill's may be destroyed a moment after its end marker. */
const LIVE_MS = 60_000;
const BACKFILL_MS = 1_000;
const CACHED = 4096;

type Entry = { until: number; key: Promise<Buffer> };

/**
 * The day's public keys, asked from the keyring and kept for a while.
 * @throws from the returned function: HubError DAY_SEALED, DAY_NOT_OPEN, KEYRING_UNAVAILABLE
 */
export function createPublicKeys(socketPath: string, clock: () => number = Date.now) {
  const cache = new Map<string, Entry>();
  return async (population: number, day: string, backfill: boolean): Promise<Buffer> => {
    const name = `${population}.${day}.${backfill}`;
    const known = cache.get(name);
    if (known !== undefined && known.until > clock()) return known.key;
    if (cache.size >= CACHED) cache.clear();
    const key = ask(socketPath, population, day, backfill);
    cache.set(name, { until: clock() + (backfill ? BACKFILL_MS : LIVE_MS), key });
    key.catch(() => cache.delete(name));
    return key;
  };
}

async function ask(socketPath: string, population: number, day: string, backfill: boolean): Promise<Buffer> {
  const { status, body } = await callLocal(socketPath, "POST", "/public-key", { population, day, backfill }).catch(
    (cause: unknown) => {
      throw new HubError("KEYRING_UNAVAILABLE", undefined, { retryAfter: 2, cause });
    },
  );
  const { publicKey, code } = body as { publicKey?: string; code?: string };
  if (status === 200 && publicKey !== undefined) return Buffer.from(publicKey, "base64");
  if (code === "DAY_SEALED" || code === "DAY_NOT_OPEN") throw new HubError(code);
  throw new HubError("KEYRING_UNAVAILABLE", undefined, { retryAfter: 2 });
}
