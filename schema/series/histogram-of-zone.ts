import type { GraphQLResolveInfo } from "graphql";
import { readable, scopesOf } from "../access.ts";
import { batch } from "../batch.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import type { SeriesArguments } from "./read.ts";
import { openSeries, type Series } from "./types.ts";

type Row = { zone: string; dataset: string; place: string };
const rowsOf = query<
  Row,
  [zones: readonly string[], statistic: string, free: readonly string[], licensed: readonly string[]]
>(new URL("./histogram-of-zones.sql", import.meta.url));

/**
 * Finds the histogram that speaks of a zone, or of the nearest zone around it, and asks it for a period.
 * @returns a resolver by the zone's key; it answers null where there is no such histogram
 */
export function histogramOfZone(statistic: "SPEED" | "DWELL") {
  const find = batch(async (context, zones) => {
    const { free, licensed } = readable(await scopesOf(context, (one) => one.statistic === statistic));
    const rows = await rowsOf(context, zones, statistic, free, licensed);
    return new Map(rows.map((row) => [row.zone, row]));
  });
  return async (
    zone: string,
    args: Pick<SeriesArguments, "period" | "step">,
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Series | null> => {
    const found = await find(context, zone);
    if (found === null) return null;
    return openSeries(found.dataset, { ...args, area: { places: [found.place] } }, context, info);
  };
}
