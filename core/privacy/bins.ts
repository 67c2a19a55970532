/**
 * The fixed public bins of a histogram (P7), given by their lower edges, which ascend from 0: bin i is
 * [edges[i], edges[i + 1]), the last one is open. Integers in the unit of the statistic.
 */
export type Edges = readonly number[];

/** One bin, half-open; `to` is null for the last. */
export type Bin = { readonly from: number; readonly to: number | null };

/** What the edges of a statistic are counted in, and the largest value that a reading can have. */
export const BIN_UNITS = {
  /** 0.1 km/h */
  SPEED: { unit: "DECIKILOMETRES_PER_HOUR", largest: 5_000 },
  DWELL: { unit: "SECONDS", largest: 86_400 },
} as const;

export const isHistogram = (statistic: string): statistic is keyof typeof BIN_UNITS =>
  Object.hasOwn(BIN_UNITS, statistic);

/** The bins of these edges, in order. */
export const binsOf = (edges: Edges): Bin[] => edges.map((from, at) => ({ from, to: edges[at + 1] ?? null }));

/** The name that a partition has of its bin: "0-100"; the last is open: "500-". */
export const binName = ({ from, to }: Bin): string => `${from}-${to ?? ""}`;

/** The name of the bin that a value of a reading falls in. @throws RangeError for what is no whole number from 0 on */
export function binOf(edges: Edges, value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError("a value of a histogram is a whole number");
  const at = edges.findLastIndex((edge) => edge <= value);
  return binName({ from: edges[at] ?? 0, to: edges[at + 1] ?? null });
}

/** Reads a bin's name again; null where it is none. */
export function parseBin(name: string): Bin | null {
  const match = /^(\d+)-(\d*)$/.exec(name);
  if (match === null) return null;
  return { from: Number(match[1]), to: match[2] === "" ? null : Number(match[2]) };
}
