import { createHash } from "node:crypto";
import { uuidOf } from "../../core/ids.ts";
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

/** The id of the backfill of a file in a population: the same whoever computes it, so that declaring twice is once. */
export const backfillId = (population: string, fileSha256: string): string =>
  uuidOf(`madang.backfill\n${population}\n${fileSha256}`);

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
