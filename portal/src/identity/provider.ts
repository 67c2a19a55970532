import type Keycloak from "keycloak-js";

/** Where people sign in, as the front door tells it (`/identity.json`). */
export type Provider = {
  /** Origin of the provider; the hub's own, unless another OpenID provider is used. */
  url: string;
  realm: string;
  clientId: string;
  kind: "embedded" | "keycloak" | "openid";
  issuer: string;
};

/** Where the provider sends people back to; both are registered with it, and nothing else is. */
export const SIGNED_IN = "/signed-in";
/** Where the front door leads when the provider does not answer. */
export const AWAY = "?unavailable";
export const SILENT = "/silent-check-sso.html";

let known: Promise<Provider> | undefined;

/** @throws TypeError when the front door does not answer */
export function provider(): Promise<Provider> {
  known ??= fetch("/identity.json", { headers: { accept: "application/json" } }).then(async (response) => {
    if (!response.ok) throw new TypeError("identity.json is not there");
    return (await response.json()) as Provider;
  });
  known.catch(() => {
    known = undefined;
  });
  return known;
}

/** A client of the provider that is not initialised yet. Its code is loaded here, so anonymous pages go without. */
export async function loadClient(): Promise<Keycloak> {
  const [{ default: Client }, { url, realm, clientId, kind, issuer }] = await Promise.all([
    import("keycloak-js"),
    provider(),
  ]);
  return new Client(kind === "openid" ? { oidcProvider: issuer, clientId } : { url, realm, clientId });
}

/** How a client is initialised: PKCE, no iframe, nothing kept but what a sign-in under way needs. */
export const INIT = { pkceMethod: "S256", checkLoginIframe: false, scope: "openid profile email" } as const;
