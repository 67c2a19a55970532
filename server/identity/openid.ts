import type { JWK } from "jose";
import { type Configuration, interactionPolicy, Provider } from "oidc-provider";
import type { Accounts } from "./accounts.ts";
import type { createAdapter } from "./adapter.ts";
import { faultPage } from "./pages/fault.ts";
import { logoutPage, signedOutPage } from "./pages/logout.ts";
import { ENDPOINT, REALM } from "./paths.ts";
import { AUDIENCE } from "./provider.ts";

/** Scopes of a person's token; the portal asks for them. */
const SCOPE = "openid profile email";

/** Lifetimes in seconds: those of the Keycloak realm (docker/keycloak/). */
const LIFE = { token: 300, refresh: 1_800, session: 36_000, interaction: 1_800 } as const;

export type ProviderOptions = {
  issuer: string;
  keys: readonly JWK[];
  cookieKey: string;
  /** Secret of the client `hub`. */
  clientSecret: string;
  adapter: ReturnType<typeof createAdapter>;
  accounts: Accounts;
};

/** Registering is a prompt of its own (Initiating User Registration via OpenID Connect 1.0: `prompt=create`). */
function policy(): interactionPolicy.DefaultPolicy {
  const prompts = interactionPolicy.base();
  prompts.remove("consent");
  prompts.add(new interactionPolicy.Prompt({ name: "create", requestable: true }), 0);
  return prompts;
}

/** The hub's OpenID provider, with Keycloak's addresses and claims. A change of keys makes another one over the same store. */
export function createProvider({ issuer, keys, ...options }: ProviderOptions): Provider {
  const { origin, protocol } = new URL(issuer);
  const cookie = { signed: true, httpOnly: true, sameSite: "lax", secure: protocol === "https:", path: REALM } as const;
  const configuration: Configuration = {
    adapter: options.adapter,
    jwks: { keys: keys.map((key) => ({ ...key })) as NonNullable<Configuration["jwks"]>["keys"] },
    clients: [
      {
        client_id: "portal",
        client_name: "Madang",
        token_endpoint_auth_method: "none",
        application_type: "web",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [`${origin}/signed-in`, `${origin}/silent-check-sso.html`],
        post_logout_redirect_uris: [`${origin}/`],
        scope: SCOPE,
      },
      {
        client_id: "hub",
        client_secret: options.clientSecret,
        token_endpoint_auth_method: "client_secret_basic",
        grant_types: ["client_credentials"],
        response_types: [],
        redirect_uris: [],
      },
    ],
    // Interactions live below a path that their cookie is bound to.
    cookies: {
      keys: [options.cookieKey],
      long: cookie,
      short: { ...cookie, path: undefined as unknown as string },
      names: { session: "madang_session", interaction: "madang_interaction", resume: "madang_resume" },
    },
    pkce: { required: () => true },
    responseTypes: ["code"],
    clientAuthMethods: ["none", "client_secret_basic"],
    // A browser names its origin with every POST, to its own origin too.
    clientBasedCORS: (_context, from) => from === origin,
    scopes: SCOPE.split(" "),
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "locale"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    routes: {
      authorization: `${ENDPOINT}/auth`,
      token: `${ENDPOINT}/token`,
      jwks: `${ENDPOINT}/certs`,
      userinfo: `${ENDPOINT}/userinfo`,
      end_session: `${ENDPOINT}/logout`,
    },
    ttl: {
      AccessToken: LIFE.token,
      ClientCredentials: LIFE.token,
      IdToken: LIFE.token,
      AuthorizationCode: 60,
      RefreshToken: LIFE.refresh,
      Session: LIFE.session,
      Grant: LIFE.session,
      Interaction: LIFE.interaction,
    },
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    expiresWithSession: async () => true,
    async findAccount(_context, id) {
      const account = await options.accounts.byId(id);
      if (account === null) return undefined;
      const { email, emailVerified, name, locale } = account;
      const claims = { sub: id, email, email_verified: emailVerified, name, preferred_username: email, locale };
      return { accountId: id, claims: async () => claims };
    },
    async extraTokenClaims(_context, token) {
      if (!("accountId" in token) || typeof token.accountId !== "string")
        return { typ: "Bearer", azp: token.clientId, realm_access: { roles: [] } };
      const account = await options.accounts.byId(token.accountId);
      if (account === null) return undefined;
      const { email, emailVerified, name, roles } = account;
      const who = { email, email_verified: emailVerified, name, preferred_username: email };
      return { typ: "Bearer", azp: token.clientId, realm_access: { roles }, ...who };
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE_URI,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPE,
          audience: AUDIENCE,
          accessTokenFormat: "jwt",
          accessTokenTTL: LIFE.token,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: signedOutPage },
    },
    renderError: faultPage,
    interactions: { policy: policy(), url: (_context, { uid }) => `${REALM}/login-actions/${uid}` },
    async loadExistingGrant({ oidc: { client, session, provider } }) {
      if (client === undefined || session?.accountId === undefined) return undefined;
      const known = session.grantIdFor(client.clientId);
      const found = known === undefined ? undefined : await provider.Grant.find(known);
      if (found !== undefined && found.accountId === session.accountId) return found;
      // The portal is the hub's own: whoever signs in has come for it.
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(SCOPE);
      grant.addResourceScope(AUDIENCE_URI, SCOPE);
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.proxy = true;
  provider.use(wrapRefreshTokens);
  return provider;
}

/** The API as a resource indicator (RFC 8707), which has to be a URI. */
const AUDIENCE_URI = `urn:madang:${AUDIENCE}`;

/** keycloak-js reads refresh tokens as JWTs: the opaque one gets that shape, which the adapter takes off unread. */
async function wrapRefreshTokens(context: { path: string; body: unknown }, next: () => Promise<void>): Promise<void> {
  await next();
  const body = context.body as { refresh_token?: unknown } | undefined;
  if (!context.path.endsWith(`${ENDPOINT}/token`) || typeof body?.refresh_token !== "string") return;
  const shape = { typ: "Refresh", exp: Math.floor(Date.now() / 1000) + LIFE.refresh };
  body.refresh_token = `e30.${Buffer.from(JSON.stringify(shape)).toString("base64url")}.${body.refresh_token}`;
}
