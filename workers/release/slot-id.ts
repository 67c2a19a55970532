import { createHash } from "node:crypto";

/**
 * The id of the slot (dataset, version, window): always the same (UUID version 8 of a hash), so that a draw is found
 * again even when the hub was restored from a time before the slot was reserved (rule P2).
 */
export function slotId(dataset: string, version: number, windowStart: number): string {
  const bytes = createHash("sha256")
    .update(JSON.stringify(["madang.slot.v1", dataset, version, windowStart]))
    .digest();
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
