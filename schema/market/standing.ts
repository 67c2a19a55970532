import type { Principal } from "../../core/licence/principal.ts";
import type { Context } from "../context.ts";
import { membershipRows } from "./rows.ts";

const read = new WeakMap<Context, Promise<void>>();

/**
 * Sees to it that the market judges a person by the organisations that they belong to now, not by what was remembered of
 * them elsewhere: every field that decides on membership waits for this first. Read once for a request.
 */
export async function standing(context: Context): Promise<Principal> {
  let done = read.get(context);
  if (done === undefined) {
    done = readAgain(context);
    read.set(context, done);
  }
  await done;
  return context.principal;
}

/** Reads it again: after an act, later fields of the same request see what is now. */
export async function readAgain(context: Context): Promise<void> {
  const { principal } = context;
  if (principal.kind !== "PERSON") return;
  const rows = await membershipRows(context, principal.person);
  context.principal = { ...principal, memberships: rows.map(({ organization, role }) => ({ organization, role })) };
}
