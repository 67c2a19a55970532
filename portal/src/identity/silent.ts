import { type Provider, SILENT } from "./provider.ts";

/** Tokens of a session that the provider still knows. */
export type Tokens = { token: string; refreshToken: string; idToken: string };

/** Pages wait for this answer, in milliseconds: a provider that hangs must not hold them up for long. */
const PATIENCE = 8_000;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/**
 * Asks the provider, without any page, whether this browser is signed in (`prompt=none`, PKCE). Provider and portal are
 * one origin: the redirect can be followed by fetch and its address read, so neither an iframe nor a reload is needed.
 * @returns null when nobody is signed in
 * @throws TypeError or a TimeoutError when the provider cannot be reached
 */
export async function silentSignIn({ url, realm, clientId }: Provider): Promise<Tokens | null> {
  const endpoint = `${url}/realms/${realm}/protocol/openid-connect`;
  const [verifier, state, nonce] = [random(), random(), random()];
  const redirect = `${location.origin}${SILENT}`;
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const question = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirect,
    response_type: "code",
    response_mode: "query",
    scope: "openid profile email",
    prompt: "none",
    state,
    nonce,
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: "S256",
  });
  const signal = AbortSignal.timeout(PATIENCE);
  const end = await fetch(`${endpoint}/auth?${question}`, { credentials: "same-origin", cache: "no-store", signal });
  const { origin, pathname, searchParams } = new URL(end.url);
  if (end.status >= 500) throw new TypeError("the provider does not answer");
  const code = searchParams.get("code");
  if (`${origin}${pathname}` !== redirect || searchParams.get("state") !== state || code === null) return null;
  const answer = await fetch(`${endpoint}/token`, {
    method: "POST",
    credentials: "same-origin",
    signal,
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
    }),
  });
  if (!answer.ok) return null;
  const { access_token, refresh_token, id_token } = (await answer.json()) as Record<string, string | undefined>;
  if (!access_token || !refresh_token || !id_token || nonceOf(id_token) !== nonce) return null;
  return { token: access_token, refreshToken: refresh_token, idToken: id_token };
}

/** The nonce of an ID token that came straight from the token endpoint (OpenID Connect Core §3.1.3.7). */
function nonceOf(token: string): unknown {
  const part = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  try {
    return (JSON.parse(atob(part)) as { nonce?: unknown }).nonce;
  } catch {
    return undefined;
  }
}
