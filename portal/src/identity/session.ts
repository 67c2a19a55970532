import type Keycloak from "keycloak-js";
import { dropDrafts } from "./drafts.ts";
import { hasHint, onForeignSignOut, setHint } from "./hint.ts";
import { AWAY, INIT, loadClient, provider, SIGNED_IN } from "./provider.ts";
import { rememberReturn, takeReturn } from "./return-to.ts";
import { silentSignIn } from "./silent.ts";

/**
 * Who is signed in. `RESTORING`: a page was loaded anew and the provider is being asked; `EXPIRED`: the session ended
 * by itself, what is on the page stays.
 */
export type Session = {
  readonly state: "ANONYMOUS" | "RESTORING" | "SIGNED_IN" | "EXPIRED";
  readonly subject: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly roles: readonly string[];
};

const NOBODY: Session = { state: "ANONYMOUS", subject: null, name: null, email: null, roles: [] };

/** A token is renewed when it is good for less than this many seconds. */
const RENEW_BEFORE = 30;

let session: Session = NOBODY;
let client: Keycloak | null = null;
/** A client serves one sign-in: several callers share it. */
let starting: Promise<unknown> | null = null;
const listeners = new Set<() => void>();

export const currentSession = (): Session => session;
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

/** Takes over a client that has tokens, or says that nobody is signed in. */
function adopt(signedIn: Keycloak): boolean {
  const claims = signedIn.tokenParsed;
  if (!signedIn.authenticated || !claims) return false;
  client = signedIn;
  setHint(true);
  const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
  become({
    state: "SIGNED_IN",
    subject: claims.sub ?? null,
    name: text(claims["name"]),
    email: text(claims["email"]),
    roles: claims.realm_access?.roles ?? [],
  });
  return true;
}

/** The session has ended without anybody's doing: its name stays in sight, its rights are gone. */
function expire(): void {
  client = null;
  setHint(false);
  become({ ...session, state: session.subject === null ? "ANONYMOUS" : "EXPIRED", roles: [] });
}

async function restoreSession(): Promise<void> {
  try {
    const known = await provider();
    if (known.kind === "openid") await askByRedirect();
    const tokens = await silentSignIn(known);
    if (tokens !== null) {
      const restored = await loadClient();
      await restored.init({ ...INIT, ...tokens, timeSkew: 0 });
      if (adopt(restored)) return;
    }
    expire();
  } catch {
    // Not reachable: the hint stays, the next page load asks again.
    become({ ...session, state: session.subject === null ? "ANONYMOUS" : "EXPIRED", roles: [] });
  }
}

/** A provider of another origin is asked by leading there and back: its redirects cannot be read. The page is left. */
async function askByRedirect(): Promise<never> {
  setHint(false);
  rememberReturn(here());
  const leaving = await loadClient();
  await leaving.init({ ...INIT, onLoad: "check-sso", redirectUri: `${location.origin}${SIGNED_IN}` });
  return new Promise<never>(() => {});
}

/** Called once when the portal starts: goes on with a session that a reload has interrupted. Without one it does nothing. */
export function startSession(): void {
  onForeignSignOut(() => {
    client = null;
    dropDrafts();
    become(NOBODY);
  });
  if (!hasHint() || location.pathname === SIGNED_IN) return;
  become({ ...NOBODY, state: "RESTORING" });
  starting = restoreSession().finally(() => (starting = null));
}

/**
 * The access token for a question to the hub, renewed when it is about to end.
 * @returns null when nobody is signed in (any more)
 */
export async function accessToken(): Promise<string | null> {
  await starting;
  const current = client;
  if (current === null) return null;
  try {
    await current.updateToken(RENEW_BEFORE);
  } catch {
    // The provider refused (the client has dropped its tokens), or could not be reached.
    if (current.token === undefined && client === current) {
      starting ??= restoreSession().finally(() => (starting = null));
      await starting;
      return client?.token ?? null;
    }
  }
  return current.token ?? null;
}

/** The hub has refused a token that looked good: asks the provider whether the session is still there. */
export async function questionSession(): Promise<string | null> {
  if (client === null) return null;
  starting ??= restoreSession().finally(() => (starting = null));
  await starting;
  return client?.token ?? null;
}

const here = (): string => `${location.pathname}${location.search}${location.hash}`;

async function leave(how: "login" | "register", returnTo: string): Promise<void> {
  rememberReturn(returnTo);
  const leaving = await loadClient();
  await leaving.init(INIT);
  const locale = document.documentElement.lang;
  await leaving[how]({ redirectUri: `${location.origin}${SIGNED_IN}`, locale });
}

/** @throws never: what keeps from leaving is told on the page where sign-in ends */
const attempt = (how: "login" | "register", returnTo: string): Promise<void> =>
  leave(how, returnTo).catch(() => location.assign(`${SIGNED_IN}${AWAY}`));

/** Leads to the provider's sign-in page and comes back to `returnTo`, a path of this portal (this page without one). */
export const signIn = (returnTo: string = here()): Promise<void> => attempt("login", returnTo);

/** Leads to the provider's registration page and comes back to `returnTo`. */
export const signUp = (returnTo: string = here()): Promise<void> => attempt("register", returnTo);

let completing: Promise<string | null> | undefined;

/**
 * Ends a sign-in on the page that the provider leads back to: only one that was begun in this browser counts.
 * @returns where to go on, or null when it is not complete
 */
export function completeSignIn(): Promise<string | null> {
  completing ??= (async () => {
    // Asked silently, and nobody is signed in: the page goes on without.
    const isAnswered = location.hash.includes("error=login_required");
    const arrived = await loadClient();
    await arrived.init(INIT).catch(() => false);
    if (adopt(arrived) || isAnswered) return takeReturn();
    // Somebody who is signed in already and came here again is let on.
    if (hasHint()) await restoreSession();
    return session.state === "SIGNED_IN" ? takeReturn() : null;
  })();
  return completing;
}

/** Ends the session here and at the provider, and leads to the home page. */
export async function signOut(): Promise<void> {
  await starting;
  const leaving = client;
  client = null;
  setHint(false);
  dropDrafts();
  become(NOBODY);
  if (leaving !== null) await leaving.logout({ redirectUri: `${location.origin}/` });
}
