import type { CityConfig } from "../../../prisma/cities/city.ts";
import { bayAreaTrips } from "./bay-area-trips.ts";
import { farsCrashes } from "./fars-crashes.ts";
import type { Format } from "./format.ts";
import { koreaCrashes } from "./korea-crashes.ts";
import { melbourneCounts } from "./melbourne-counts.ts";

export type Source = NonNullable<CityConfig["source"]>;
export type Kind = Source["kind"];
export const KINDS: readonly Kind[] = ["trips", "counts", "crashes"];

/** Every format that can be read. A new one is a line here and in the city configuration. */
export const FORMATS: Readonly<Record<Source["format"], Format>> = {
  "bay-area-trips": bayAreaTrips,
  "melbourne-counts": melbourneCounts,
  "korea-crashes": koreaCrashes,
  "fars-crashes": farsCrashes,
};

/** The city configurations of a kind, by name, that a file without `--city` may belong to. */
export const CITIES: Readonly<Record<Kind, readonly string[]>> = {
  trips: ["bay-area-2014"],
  counts: ["melbourne"],
  crashes: ["korea-crashes", "usa-crashes"],
};
