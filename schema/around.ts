import { batch } from "./batch.ts";
import { query } from "./query.ts";

/** The area around a zone: key and slug. */
export type ZoneArea = { zone: string; area: string; slug: string };

const areaRows = query<ZoneArea, [zones: readonly string[]]>(new URL("./zone-areas.sql", import.meta.url));

/**
 * The area around a zone, null for a zone that does not exist. What is "around" a zone is at it, directly within it,
 * its area, or directly within its area: the bikes beside a plaza stand in the same quarter, not in the plaza.
 */
export const areaOf = batch(async (context, zones) => {
  const rows = await areaRows(context, zones);
  return new Map(rows.map((row) => [row.zone, row]));
});

/** Whether something at `place` (whose holder is `parent`) is around a zone. */
export const isAround = (zone: string, area: string, place: string, parent: string | null): boolean =>
  place === zone || place === area || parent === zone || parent === area;
