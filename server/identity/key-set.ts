import { createLocalJWKSet, errors, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from "jose";
import { HubError } from "../../core/errors.ts";

/** How a key set is kept; all in milliseconds. */
export type KeySetTimes = {
  /** Younger than this it is used without asking again. */
  freshMs: number;
  /** An unknown key id makes it be asked again, but not more often than this. */
  cooldownMs: number;
  /** While the issuer does not answer, it is used up to this age; then nobody is let in on it. */
  toleratedMs: number;
  timeoutMs: number;
};

export const KEY_SET_TIMES: KeySetTimes = {
  freshMs: 5 * 60_000,
  cooldownMs: 5_000,
  toleratedMs: 60 * 60_000,
  timeoutMs: 3_000,
};

type Known = { keys: JWTVerifyGetKey; at: number };

/** An own copy of the asymmetric signing keys: a symmetric one in a public set would be everybody's (key confusion). */
function signingKeys(body: unknown): JSONWebKeySet {
  const keys = (body as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys)) throw new TypeError("the key set has no list of keys");
  const usable = (keys as JWK[]).filter(
    ({ kty, use, kid, d, k }) =>
      ["RSA", "EC", "OKP"].includes(kty ?? "") &&
      (use === undefined || use === "sig") &&
      typeof kid === "string" &&
      d === undefined &&
      k === undefined,
  );
  if (usable.length === 0) throw new TypeError("the key set has no signing key");
  return { keys: usable };
}

/**
 * The issuer's public keys (JWKS, RFC 7517), fetched when needed and kept: a new key id is asked for once per cooldown,
 * an outage is bridged for a bounded time.
 * @param url of the key set; nothing in a token (`jku`, `x5u`) can lead elsewhere
 * @returns a key finder for jose; it throws HubError UNAVAILABLE when the keys cannot be known, and jose's
 *   JWKSNoMatchingKey for a key that the issuer does not have
 */
export function remoteKeySet(url: URL, now: () => number = Date.now, times: KeySetTimes = KEY_SET_TIMES) {
  let known: Known | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<boolean> | null = null;

  async function load(): Promise<boolean> {
    triedAt = now();
    try {
      const response = await fetch(url, {
        headers: { accept: "application/json" },
        redirect: "error",
        signal: AbortSignal.timeout(times.timeoutMs),
      });
      if (!response.ok) return false;
      known = { keys: createLocalJWKSet(signingKeys(await response.json())), at: now() };
      return true;
    } catch {
      return false;
    }
  }
  /** All who need it at once wait for one question. */
  const ask = (): Promise<boolean> => (asking ??= load().finally(() => (asking = null)));
  const cooled = (): boolean => now() - triedAt >= times.cooldownMs;

  async function current(): Promise<Known> {
    const age = known === null ? Number.POSITIVE_INFINITY : now() - known.at;
    if (age >= times.freshMs && (asking !== null || cooled())) await ask();
    if (known === null || now() - known.at >= times.toleratedMs)
      throw new HubError("UNAVAILABLE", "The sign-in service does not answer.", { retryAfter: 5 });
    return known;
  }

  return async (...[header, token]: Parameters<JWTVerifyGetKey>) => {
    const { keys } = await current();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (asking === null && !cooled()) throw error;
      if (!(await ask())) throw new HubError("UNAVAILABLE", "The sign-in service does not answer.", { retryAfter: 5 });
      return (known?.keys ?? keys)(header, token);
    }
  };
}
