import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

const SCOPE_WORD: Readonly<Record<string, MessageDescriptor>> = {
  "read:graph": msg`Questions to the graph`,
  "read:exports": msg`Downloads of files`,
};

/** The doors that a key may open. */
export const SCOPES: readonly string[] = Object.keys(SCOPE_WORD);

/** A door in words. */
export function scopeWord(scope: string): MessageDescriptor {
  return SCOPE_WORD[scope] ?? msg`Another door`;
}
