import type { IncomingMessage } from "node:http";
import type { BlockList } from "node:net";
import { HubError } from "../../core/errors.ts";
import { holdsKey } from "../../core/licence/key.ts";
import { ANONYMOUS, type KeyScope, type Principal } from "../../core/licence/principal.ts";
import type { TokenClaims } from "../identity/token.ts";
import { clientAddress } from "./address.ts";

export type PrincipalOptions = {
  /** @throws HubError UNAUTHENTICATED, UNAVAILABLE */
  verifyToken: (text: string) => Promise<TokenClaims>;
  ofToken: (claims: TokenClaims) => Promise<Principal>;
  ofKey: (text: string, address: string) => Promise<Principal>;
  /** the operator's own proxies */
  trusted: BlockList;
};

/** What of a request says who asks. */
export type Asking = Pick<IncomingMessage, "headers" | "socket">;

const MISPLACED =
  "A key belongs into the header Authorization, as Bearer, and nowhere else. It was not used. Whoever can read the place where it stood can use it: replace it.";

/** Refuses a text that holds a key: an address, a body. The message does not repeat it, and nothing of it is logged. */
export function refuseKeyIn(place: "query" | "body" | "headers", text: string): void {
  if (!holdsKey(text)) return;
  throw new HubError("BAD_USER_INPUT", MISPLACED, {
    field: place,
    rule: "no key in an address, a body or another header",
    fix: "send it as Authorization: Bearer, and replace it",
  });
}

/**
 * Refuses a request whose address or headers, Authorization apart, hold a key.
 * @param rawHeaders names and values, one after another
 */
export function refuseMisplacedKey(address: string, rawHeaders: readonly string[]): void {
  refuseKeyIn("query", address);
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() !== "authorization") refuseKeyIn("headers", rawHeaders[at + 1] ?? "");
  }
}

/** Whether a principal may use a door; people and clients may use every one. */
function requireScope(principal: Principal, scope: KeyScope): void {
  if (principal.kind !== "KEY" || principal.scopes.includes(scope)) return;
  throw new HubError("FORBIDDEN", `This key lacks the scope ${scope}.`, {
    field: "Authorization",
    rule: `a key with the scope ${scope}`,
    fix: "make a key with that scope",
  });
}

/**
 * Makes the one function that says who asks, for the graph, downloads and streams alike: by the header Authorization alone,
 * a Bearer token of the hub's issuer or a key of the hub. Without the header it is nobody; with a wrong one it is an error,
 * never nobody.
 * @throws HubError UNAUTHENTICATED (never with anything of what was sent), FORBIDDEN for a key without the scope
 */
export function principals({ verifyToken, ofToken, ofKey, trusted }: PrincipalOptions) {
  return async function principalOf(request: Asking, scope: KeyScope): Promise<Principal> {
    const { authorization } = request.headers;
    if (authorization === undefined) return ANONYMOUS;
    const [, credential] = /^Bearer +([^\s,]+)$/i.exec(authorization.trim()) ?? [];
    if (credential === undefined) {
      throw new HubError("UNAUTHENTICATED", "Authorization is `Bearer` and one token or key.", {
        field: "Authorization",
        rule: "Bearer and one token or key",
        fix: "send one, or leave the header out for open data",
      });
    }
    const principal = credential.startsWith("mdg_")
      ? await ofKey(credential, clientAddress(request, trusted))
      : await ofToken(await verifyToken(credential));
    requireScope(principal, scope);
    return principal;
  };
}
