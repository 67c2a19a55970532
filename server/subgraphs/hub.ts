import type { Log } from "../../runtime/log.ts";
import { createPool, type Pool } from "../../runtime/postgres.ts";

/**
 * The pool that the graph and the exports read through. Its statements are short, prepared and always asked alike:
 * compiling them costs more than running them (15 ms against 4 for a series of 1 000 values), and so does planning each anew.
 */
export const openReadPool = (url: string, name: string, log: Log): Pool =>
  createPool(url, {
    name,
    max: 10,
    statementTimeoutMs: 10_000,
    settings: { jit: "off", plan_cache_mode: "force_generic_plan" },
    log,
  });
