import type { Principal } from "../../core/licence/principal.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { type Access, NO_LICENCES } from "../../schema/access.ts";
import type { Context } from "../../schema/context.ts";

export type SessionOptions = { hub: Queryable; now: () => number };

/**
 * Makes what the resolvers of one request get: who asks, and what the hub knows of their licences.
 * @returns a function from who asks, and from what is told of each use of a licence
 */
export function sessions({ hub, now }: SessionOptions) {
  return (principal: Principal, access: Access = NO_LICENCES): Context => ({
    hub,
    now,
    principal,
    access,
  });
}

export type OpenSession = ReturnType<typeof sessions>;
