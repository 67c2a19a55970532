import { randomBytes } from "node:crypto";
import { KEY_SET_TIMES, type KeySetTimes, remoteKeySet } from "../../../../server/identity/key-set.ts";
import { AUDIENCE } from "../../../../server/identity/provider.ts";
import { createTokenVerifier } from "../../../../server/identity/token.ts";
import { endpoint, signUp, type Tokens } from "../../../support/identity/sign-in.ts";

/** A sign-in provider as the contract's tests see it: by its public address, with a hand on what only an operator can do. */
export type ProviderUnderTest = {
  title: string;
  issuer: string;
  /** Secret of the client `hub`. */
  clientSecret: string;
  demoPassword(email: string): string;
  /** Makes a new signing key that signs at once; resolves when the key set shows it. */
  rotate(): Promise<void>;
  /** Ends every session of an account from outside, as when its time is over. */
  endSessions(email: string): Promise<void>;
};

export type NewPerson = { email: string; name: string; password: string };

/** A person that nobody has met. */
export const newPerson = (): NewPerson => ({
  email: `person-${randomBytes(6).toString("hex")}@madang.example`,
  name: "김마당 Reader",
  password: `a quiet courtyard ${randomBytes(4).toString("hex")}`,
});

export async function registered({ issuer }: ProviderUnderTest): Promise<NewPerson & { tokens: Tokens }> {
  const person = newPerson();
  return { ...person, tokens: await signUp(issuer, person) };
}

/** The hub's verifier over the provider's public key set. */
export const verifierFor = ({ issuer }: ProviderUnderTest, times: Partial<KeySetTimes> = {}) =>
  createTokenVerifier({
    issuer,
    audience: AUDIENCE,
    persons: ["portal"],
    services: ["hub"],
    keys: remoteKeySet(new URL(endpoint(issuer, "certs")), Date.now, { ...KEY_SET_TIMES, ...times }),
  });

/** Asks the token endpoint with a client's secret. */
export async function askAsClient(issuer: string, client: string, secret: string, form: Record<string, string>) {
  const response = await fetch(endpoint(issuer, "token"), {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString("base64")}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Partial<Tokens> & { error?: string } };
}

/** The public keys that the provider shows now. */
export async function keySet(issuer: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(endpoint(issuer, "certs"));
  return ((await response.json()) as { keys: Record<string, unknown>[] }).keys;
}
