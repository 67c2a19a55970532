import type { Principal } from "../core/licence/principal.ts";
import type { Queryable } from "../runtime/postgres.ts";
import type { Access } from "./access.ts";

/**
 * What a resolver may use: the hub database as role `madang_api`, the clock of the process (epoch ms), who asks, and what
 * the hub knows of that one's licences.
 */
export type Context = { hub: Queryable; now: () => number; principal: Principal; access: Access };
