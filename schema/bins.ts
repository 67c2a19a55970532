import { BIN_UNITS, type Bin, binsOf, isHistogram, parseBin } from "../core/privacy/bins.ts";
import { type Builder, shareable } from "./builder.ts";

export type BinUnit = (typeof BIN_UNITS)[keyof typeof BIN_UNITS]["unit"];
/** A bin of a histogram with what its edges are counted in. */
export type UnitBin = Bin & { readonly unit: BinUnit };

/** The bins of a plan, in order; none where it is no histogram. */
export const planBins = (statistic: string, edges: readonly number[]): UnitBin[] =>
  isHistogram(statistic) ? binsOf(edges).map((bin) => ({ ...bin, unit: BIN_UNITS[statistic].unit })) : [];

/** The bin that a category of this statistic names, or null. */
export function binNamed(statistic: string, category: string | null): UnitBin | null {
  const bin = category === null || !isHistogram(statistic) ? null : parseBin(category);
  return bin === null || !isHistogram(statistic) ? null : { ...bin, unit: BIN_UNITS[statistic].unit };
}

/** The types of bins, which the catalogue and every series answer alike. */
export function addBins(builder: Builder) {
  const Unit = builder.enumType("BinUnit", {
    description: "What the edges of a histogram's bins are counted in.",
    values: {
      DECIKILOMETRES_PER_HOUR: { description: "0.1 km/h" },
      SECONDS: { description: "Seconds." },
    } as const,
  });
  const BinType = builder.objectRef<UnitBin>("Bin").implement({
    description: "A public bin of a histogram, from inclusive, to exclusive; fixed by the plan.",
    extensions: shareable,
    fields: (t) => ({
      from: t.exposeInt("from"),
      to: t.exposeInt("to", { nullable: true, description: "Null: the last bin is open." }),
      unit: t.field({ type: Unit, resolve: ({ unit }) => unit }),
    }),
  });
  return { Bin: BinType, BinUnit: Unit };
}
