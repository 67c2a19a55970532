import { z } from "zod";
import { remoteKeySet } from "./key-set.ts";
import { createTokenVerifier } from "./token.ts";

/** Audience of the access tokens of this hub. */
export const AUDIENCE = "madang-api";

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

/** Variables of a process that verifies tokens. */
export const identityVariables = {
  /** `iss` of the tokens that count: `<MADANG_URL>/realms/madang`, or another OpenID provider's. */
  IDENTITY_ISSUER: z.url(),
  /** Where the issuer's keys are fetched from, by an address that need not be the public one. */
  IDENTITY_KEYS_URL: z.url(),
  IDENTITY_AUDIENCE: z.string().min(1).default(AUDIENCE),
  /** Clients whose tokens are a person's, and those that act for themselves; comma between. */
  IDENTITY_PERSON_CLIENTS: list.default(["portal"]),
  IDENTITY_SERVICE_CLIENTS: list.default(["hub"]),
} as const;

/** The token verifier that a process's environment describes. */
export function verifierOf(config: {
  IDENTITY_ISSUER: string;
  IDENTITY_KEYS_URL: string;
  IDENTITY_AUDIENCE: string;
  IDENTITY_PERSON_CLIENTS: readonly string[];
  IDENTITY_SERVICE_CLIENTS: readonly string[];
}): ReturnType<typeof createTokenVerifier> {
  return createTokenVerifier({
    issuer: config.IDENTITY_ISSUER,
    audience: config.IDENTITY_AUDIENCE,
    persons: config.IDENTITY_PERSON_CLIENTS,
    services: config.IDENTITY_SERVICE_CLIENTS,
    keys: remoteKeySet(new URL(config.IDENTITY_KEYS_URL)),
  });
}
