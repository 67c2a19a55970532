import { uuidOf } from "../../core/ids.ts";

/**
 * The id of the slot (dataset, version, window): always the same, so that a draw is found again even when the hub was
 * restored from a time before the slot was reserved (rule P2).
 */
export const slotId = (dataset: string, version: number, windowStart: number): string =>
  uuidOf(JSON.stringify(["madang.slot.v1", dataset, version, windowStart]));
