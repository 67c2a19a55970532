import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify, type ProtectedHeaderParameters } from "jose";
import { z } from "zod";
import { HubError } from "../../core/errors.ts";

/** What a verified access token says. Roles are as the token has them: the caller keeps those it knows. */
export type TokenClaims = {
  issuer: string;
  subject: string;
  /** `PERSON`: somebody signed in; `CLIENT`: a machine with credentials of its own. */
  kind: "PERSON" | "CLIENT";
  /** Client the token was given to (`azp`). */
  client: string;
  /** `realm_access.roles`. */
  roles: readonly string[];
  email: string | null;
  /** Whether the issuer says that the address was proved to be this person's. */
  emailVerified: boolean;
  name: string | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
};

export type TokenRules = {
  issuer: string;
  audience: string;
  /** Clients whose tokens are a person's. */
  persons: readonly string[];
  /** Clients whose tokens are their own (client credentials). */
  services: readonly string[];
  keys: JWTVerifyGetKey;
  now?: () => number;
};

/** Asymmetric signatures only: neither `none` nor an HMAC under the public key can pass. */
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"];
const SKEW_SECONDS = 30;
const LONGEST = 16_384;

const Claims = z.object({
  sub: z.string().min(1).max(255),
  exp: z.number(),
  iat: z.number(),
  azp: z.string().optional(),
  client_id: z.string().optional(),
  typ: z.string().optional(),
  realm_access: z.object({ roles: z.array(z.string().max(100)).max(100) }).optional(),
  email: z.string().max(320).optional(),
  email_verified: z.boolean().optional(),
  name: z.string().max(500).optional(),
  preferred_username: z.string().max(320).optional(),
});

const refused = (detail: string, cause?: unknown): HubError => new HubError("UNAUTHENTICATED", detail, { cause });

/** An ID, refresh or logout token of the same issuer must not open anything (RFC 9068 §4, Keycloak's `typ`). */
function isAccessToken(header: ProtectedHeaderParameters, typ: string | undefined): boolean {
  const type = header.typ?.toLowerCase().replace(/^application\//, "");
  return type === "at+jwt" || ((type === "jwt" || type === undefined) && typ === "Bearer");
}

/**
 * Makes the one function that decides whether an access token is good: signature under a key of the issuer's own set,
 * algorithm, issuer, audience, times with 30 s of skew, kind of token and client.
 * @returns a function that throws HubError UNAUTHENTICATED for a token that is not good, saying why without a value of
 *   it, and UNAVAILABLE while the issuer's keys cannot be known
 */
export function createTokenVerifier({ now = Date.now, ...rules }: TokenRules) {
  return async function verifyToken(text: string): Promise<TokenClaims> {
    if (text.length > LONGEST) throw refused("The token is too long.");
    const { payload, protectedHeader } = await verified(text, rules, now());
    const parsed = Claims.safeParse(payload);
    if (!parsed.success) throw refused("The token lacks a claim or has one of the wrong kind.");
    const claims = parsed.data;
    if (!isAccessToken(protectedHeader, claims.typ)) throw refused("This is not an access token.");
    if (claims.iat > now() / 1000 + SKEW_SECONDS) throw refused("The token comes from the future: check the clocks.");
    const client = claims.azp ?? claims.client_id ?? "";
    const isPerson = rules.persons.includes(client);
    if (!isPerson && !rules.services.includes(client)) throw refused("The token was given to another application.");
    return {
      issuer: rules.issuer,
      subject: claims.sub,
      kind: isPerson ? "PERSON" : "CLIENT",
      client,
      roles: claims.realm_access?.roles ?? [],
      email: claims.email ?? null,
      emailVerified: claims.email !== undefined && claims.email_verified === true,
      name: claims.name ?? null,
      expiresAt: claims.exp * 1000,
    };
  };
}

async function verified(
  text: string,
  { issuer, audience, keys }: TokenRules,
  now: number,
): Promise<{ payload: JWTPayload; protectedHeader: ProtectedHeaderParameters }> {
  try {
    return await jwtVerify(text, withKeyId(keys), {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ["sub", "exp", "iat", "aud", "iss"],
    });
  } catch (error) {
    if (error instanceof HubError) throw error;
    throw refused(reason(error), error);
  }
}

/** A token names its key; one that does not would be tried against whatever fits. */
const withKeyId =
  (keys: JWTVerifyGetKey): JWTVerifyGetKey =>
  (header, token) => {
    if (typeof header.kid !== "string") throw new errors.JWSInvalid("no key id");
    return keys(header, token);
  };

function reason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "The token has expired.";
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token's ${["iss", "aud", "nbf"].includes(error.claim) ? error.claim : "claim"} is not right.`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return "The token's signature is not right.";
  if (error instanceof errors.JOSEAlgNotAllowed) return "The token's algorithm is not allowed.";
  if (error instanceof errors.JWKSNoMatchingKey) return "The token's key is not one of the issuer's.";
  return "The token cannot be read.";
}
