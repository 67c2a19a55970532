import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { HubError } from "../../core/errors.ts";
import { KEY_ENVIRONMENTS } from "../../core/licence/key.ts";
import { MEMBER_ROLES, type Principal, REALM_ROLES } from "../../core/licence/principal.ts";

/** The header by which the gateway tells a split subgraph who asks. It is never taken from outside. */
export const PRINCIPAL_HEADER = "madang-principal";

/** How old a header may be, and how far ahead of the subgraph's clock. */
const AGE_MS = 30_000;

const roles = z.array(z.enum(REALM_ROLES));
const Told = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ANONYMOUS") }),
  z.object({
    kind: z.literal("PERSON"),
    person: z.string(),
    roles,
    memberships: z.array(z.object({ organization: z.string(), role: z.enum(MEMBER_ROLES) })),
    expiresAt: z.number(),
  }),
  z.object({
    kind: z.literal("KEY"),
    key: z.string(),
    organization: z.string(),
    licence: z.string().nullable(),
    environment: z.enum(KEY_ENVIRONMENTS),
    scopes: z.array(z.string()),
    expiresAt: z.number().nullable(),
  }),
  z.object({ kind: z.literal("CLIENT"), client: z.string(), roles, expiresAt: z.number() }),
  z.object({ kind: z.literal("DEVICE"), device: z.string() }),
]);

/** Over who asks, when, once, which subgraph and exactly which body: HMAC-SHA-256. */
const macOf = (key: string, told: string, subgraph: string, body: string | Buffer): Buffer =>
  createHmac("sha256", key)
    .update(`madang-principal-1\n${told}\n${subgraph}\n${createHash("sha256").update(body).digest("hex")}`)
    .digest();

/**
 * The header for one call of one subgraph.
 * @param key INTERNAL_KEY, shared by the hub's own processes
 */
export function signPrincipal(
  principal: Principal,
  subgraph: string,
  body: string | Buffer,
  key: string,
  now: number,
): string {
  const told = Buffer.from(
    JSON.stringify({ principal, at: now, once: randomBytes(16).toString("base64url") }),
  ).toString("base64url");
  return `${told}.${macOf(key, told, subgraph, body).toString("base64url")}`;
}

const refused = (detail: string) => new HubError("UNAUTHENTICATED", detail);

/**
 * Reads the headers that a gateway signs for one subgraph: each counts once, for its own body, for 30 s.
 * @returns a function that answers who asks
 * @throws HubError UNAUTHENTICATED for a header that is missing, foreign, for something else, too old, or seen before
 */
export function principalReader(subgraph: string, key: string, now: () => number) {
  const seen = new Map<string, number>();
  return (header: string | string[] | undefined, body: string | Buffer): Principal => {
    if (typeof header !== "string") throw refused("This door is for the hub's own gateway.");
    const [told = "", mac = "", ...rest] = header.split(".");
    const given = Buffer.from(mac, "base64url");
    const right = macOf(key, told, subgraph, body);
    if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) {
      throw refused("The call was not signed by the hub's own gateway.");
    }
    const { principal, at, once } = JSON.parse(Buffer.from(told, "base64url").toString("utf8")) as {
      principal: unknown;
      at: number;
      once: string;
    };
    const time = now();
    if (Math.abs(time - at) > AGE_MS) throw refused("The call's signature is too old.");
    for (const [old, until] of seen) {
      if (until > time) break;
      seen.delete(old);
    }
    if (seen.has(once)) throw refused("The call was made before.");
    seen.set(once, time + 2 * AGE_MS);
    return Told.parse(principal);
  };
}
