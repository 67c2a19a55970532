import { HubError } from "../../core/errors.ts";
import { isUuid } from "../../core/ids.ts";
import { keyOf, type Named } from "../opaque.ts";
import { Refusal } from "./refusal.ts";

/** The key behind an id of the market, or null for anything that is none: it is answered as what does not exist. */
export function keyBehind(type: Named, id: unknown): string | null {
  try {
    const key = keyOf(type, id);
    return isUuid(key) ? key : null;
  } catch (error) {
    if (error instanceof HubError) return null;
    throw error;
  }
}

/** @throws Refusal NOT_FOUND for what is no id of that type */
export function keyNamed(type: Named, id: unknown): string {
  const key = keyBehind(type, id);
  if (key === null) throw new Refusal("NOT_FOUND");
  return key;
}
