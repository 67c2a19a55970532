import type { Principal } from "../../core/licence/principal.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import type { Access } from "../../schema/access.ts";
import type { Context } from "../../schema/context.ts";

export type SessionOptions = { hub: Queryable; now: () => number };

/**
 * Makes what the resolvers of one request get: who asks, and what the hub knows of their licences.
 * @returns a function from who asks, and from what is called with each use of a licence
 */
export function sessions({ hub, now }: SessionOptions) {
  return (principal: Principal, used: Access["used"] = () => {}): Context => ({
    hub,
    now,
    principal,
    access: { used },
  });
}

export type OpenSession = ReturnType<typeof sessions>;
