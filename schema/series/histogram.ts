import type { TimeWindow } from "../../core/time.ts";
import { type addBins, binNamed, type UnitBin } from "../bins.ts";
import { type Builder, shareable } from "../builder.ts";
import type { Values } from "../values.ts";
import type { Columns } from "./columns.ts";

export type HistogramBin = UnitBin & {
  readonly signed: number | null;
  readonly value: number | null;
  readonly lower95: number | null;
  readonly upper95: number | null;
  readonly withheld: string | null;
};

/** The bins of one place and window. */
export type Histogram = { readonly place: string; readonly window: TimeWindow; readonly bins: readonly HistogramBin[] };

/**
 * Puts the values of a series together by window and place: its columns come by window, then place, then bin.
 * @returns none where the statistic is no histogram
 */
export function histogramsOf(statistic: string, columns: Columns): Histogram[] {
  const found: (Histogram & { bins: HistogramBin[] })[] = [];
  const number = (of: Columns["value"], at: number): number | null => (of?.[at] ?? null) as number | null;
  for (let at = 0; at < columns.expected; at++) {
    const bin = binNamed(statistic, (columns.category?.[at] ?? null) as string | null);
    if (bin === null) continue;
    const place = String(columns.place?.[at] ?? "");
    const window = { from: Number(columns.start?.[at]), to: Number(columns.end?.[at]) };
    const last = found.at(-1);
    const bins = last?.place === place && last.window.from === window.from ? last.bins : [];
    if (bins.length === 0) found.push({ place, window, bins });
    bins.push({
      ...bin,
      signed: number(columns.signed, at),
      value: number(columns.value, at),
      lower95: number(columns.lower95, at),
      upper95: number(columns.upper95, at),
      withheld: (columns.withheld?.[at] ?? null) as string | null,
    });
  }
  return found;
}

/** `Histogram` and its connection, which every series answers alike. */
export function addHistograms(builder: Builder, { Window, Withheld }: Values, { BinUnit }: ReturnType<typeof addBins>) {
  const Bin = builder.objectRef<HistogramBin>("HistogramBin").implement({
    description: "How many units fell in a bin.",
    extensions: shareable,
    fields: (t) => ({
      from: t.exposeInt("from", { description: "Inclusive." }),
      to: t.exposeInt("to", { nullable: true, description: "Exclusive; null: the last bin is open." }),
      unit: t.field({ type: BinUnit, resolve: ({ unit }) => unit }),
      value: t.exposeInt("value", { nullable: true, description: "Rounded up to zero. To sum, take `signed`." }),
      signed: t.exposeInt("signed", { nullable: true, description: "As released; noise may make it negative." }),
      lower95: t.exposeInt("lower95", { nullable: true }),
      upper95: t.exposeInt("upper95", { nullable: true }),
      withheld: t.field({
        type: Withheld,
        nullable: true,
        resolve: ({ withheld }) => (withheld === null ? null : { reason: withheld }),
      }),
    }),
  });
  const HistogramType = builder.objectRef<Histogram>("Histogram").implement({
    description:
      "A distribution by fixed public bins: no mean and no percentile is made. Each bin carries its own noise; a unit counts in at most the plan's bound of bins a day.",
    extensions: shareable,
    fields: (t) => ({
      place: t.exposeString("place", { description: "Slug of the place, or the name of the sum." }),
      window: t.field({ type: Window, resolve: ({ window }) => window }),
      bins: t.field({ type: [Bin], resolve: ({ bins }) => bins }),
    }),
  });
  const edge = builder.edgeObject({ type: HistogramType, name: "HistogramEdge", extensions: shareable });
  return builder.connectionObject({ type: HistogramType, name: "HistogramConnection", extensions: shareable }, edge);
}
