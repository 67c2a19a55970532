import type { Queryable } from "../runtime/postgres.ts";

/** What a resolver may use: the hub database as role `madang_api`, and the clock of the process (epoch ms). */
export type Context = { hub: Queryable; now: () => number };
