import { createHash } from "node:crypto";
import { addDays, localDay } from "../../core/time.ts";
import type { CityConfig } from "./city.ts";

/** A declared backfill (rule P19), as a row of `hub.backfill` wants it. */
export type Backfill = {
  readonly id: string;
  /** slug */
  readonly population: string;
  readonly fileSha256: string;
  readonly firstDay: string;
  readonly lastDay: string;
};

/**
 * The id of the backfill of a file in a population: the same whoever computes it (a UUID version 8, RFC 9562 §5.8, of
 * SHA-256), so that declaring twice is declaring once.
 */
export function backfillId(population: string, fileSha256: string): string {
  const bytes = createHash("sha256").update(`madang.backfill\n${population}\n${fileSha256}`).digest().subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * The backfills that a fresh hub declares for a synthetic city: one a population, `historyDays` whole days and today so
 * far, which stays open for live data. The seed inserts them; the simulator computes the same ones.
 */
export function historyOf(config: CityConfig, nowMs: number): Backfill[] {
  if (config.historyDays === 0) return [];
  const lastDay = localDay(nowMs, config.timeZone);
  const firstDay = addDays(lastDay, -config.historyDays);
  return config.populations.map(({ slug }) => {
    const fileSha256 = createHash("sha256")
      .update(`synthetic history\n${config.id}\n${slug}\n${firstDay}\n${lastDay}`)
      .digest("hex");
    return { id: backfillId(slug, fileSha256), population: slug, fileSha256, firstDay, lastDay };
  });
}
