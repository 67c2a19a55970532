import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, formOf, openVisitor, type Visitor } from "./visitor.ts";

export type Tokens = { access_token: string; refresh_token: string; id_token: string; expires_in: number };

/** One sign-in of the client `portal` by code and PKCE, as far as it has come. */
export type Attempt = {
  visitor: Visitor;
  verifier: string;
  state: string;
  nonce: string;
  redirect: string;
  page: Answer;
};

const random = (): string => randomBytes(32).toString("base64url");
export const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");
export const endpoint = (issuer: string, name: string): string => `${issuer}/protocol/openid-connect/${name}`;
/** Where the portal's sign-ins end. */
export const redirectOf = (issuer: string): string => `${new URL(issuer).origin}/signed-in`;

/** Opens the page of sign-in (or registration) as the portal does. @param change of the request's parameters */
export async function begin(
  issuer: string,
  options: { visitor?: Visitor; at?: "auth" | "registrations"; change?: Record<string, string | null> } = {},
): Promise<Attempt> {
  const visitor = options.visitor ?? openVisitor();
  const [verifier, state, nonce, redirect] = [random(), random(), random(), redirectOf(issuer)];
  const parameters = new URLSearchParams({
    client_id: "portal",
    redirect_uri: redirect,
    response_type: "code",
    response_mode: "query",
    scope: "openid profile email",
    state,
    nonce,
    code_challenge: challengeOf(verifier),
    code_challenge_method: "S256",
  });
  for (const [name, value] of Object.entries(options.change ?? {}))
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  const page = await visitor.follow(await visitor.get(`${endpoint(issuer, options.at ?? "auth")}?${parameters}`));
  return { visitor, verifier, state, nonce, redirect, page };
}

/** Sends the page's form, with what the page has hidden in it. */
export async function submit({ visitor, page }: Attempt, fields: Record<string, string>): Promise<Answer> {
  const { action, hidden } = formOf(page);
  return visitor.follow(await visitor.post(action, { ...hidden, ...fields }));
}

/** The code with which the provider has led back to the portal. @throws when it has not */
export function codeOf({ redirect, state }: Pick<Attempt, "redirect" | "state">, answer: Answer): string {
  const end = URL.parse(answer.location ?? "");
  const code = end?.searchParams.get("code");
  if (end === null || !code || `${end.origin}${end.pathname}` !== redirect || end.searchParams.get("state") !== state)
    throw new Error(`no code: ${answer.status} ${answer.location ?? answer.text.slice(0, 400)}`);
  return code;
}

/** Asks the token endpoint as the public client `portal`. */
export async function askToken(
  issuer: string,
  form: Record<string, string>,
): Promise<{ status: number; body: Tokens & { error?: string } }> {
  const response = await fetch(endpoint(issuer, "token"), {
    method: "POST",
    body: new URLSearchParams({ client_id: "portal", ...form }),
  });
  return { status: response.status, body: (await response.json()) as Tokens & { error?: string } };
}

/** Gives a code for tokens. @throws when it is refused */
export async function exchange(issuer: string, { redirect, verifier }: Attempt, code: string): Promise<Tokens> {
  const form = { grant_type: "authorization_code", code, redirect_uri: redirect, code_verifier: verifier };
  const { status, body } = await askToken(issuer, form);
  if (status !== 200) throw new Error(`the code was refused: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Signs somebody in and returns the tokens. @throws when the provider does not let them in */
export async function signIn(issuer: string, email: string, password: string, visitor?: Visitor): Promise<Tokens> {
  const attempt = await begin(issuer, visitor === undefined ? {} : { visitor });
  return exchange(issuer, attempt, codeOf(attempt, await submit(attempt, { username: email, password })));
}

/** The password of a demo account of the hub with this home. */
export function demoPassword(home: string, email: string): string {
  const accounts = JSON.parse(readFileSync(join(home, "demo-accounts.json"), "utf8")) as {
    email: string;
    password: string;
  }[];
  const found = accounts.find((account) => account.email === email);
  if (found === undefined) throw new Error(`there is no demo account ${email}`);
  return found.password;
}

/**
 * An access token of a demo account of the running hub.
 * @param who before `@madang.example`
 */
export async function demoToken(who: string, environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const { IDENTITY_ISSUER: issuer, MADANG_HOME: home } = environment;
  if (!issuer || !home) throw new Error("no hub runs: IDENTITY_ISSUER and MADANG_HOME are not set");
  const email = `${who}@madang.example`;
  return (await signIn(issuer, email, demoPassword(home, email))).access_token;
}

/** Registers a new account by the provider's page and returns its tokens. */
export async function signUp(
  issuer: string,
  given: { email: string; name: string; password: string },
  more: Record<string, string> = {},
): Promise<Tokens> {
  const attempt = await begin(issuer, { at: "registrations" });
  const answer = await submit(attempt, registrationFields(given, more));
  return exchange(issuer, attempt, codeOf(attempt, answer));
}

/** The fields of both providers' registration pages; each reads its own. */
export const registrationFields = (
  given: { email: string; name: string; password: string },
  more: Record<string, string> = {},
) => ({
  email: given.email,
  name: given.name,
  firstName: given.name,
  password: given.password,
  "password-confirm": given.password,
  ...more,
});

/** What a token says, unverified. */
export const payloadOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<string, unknown>;
