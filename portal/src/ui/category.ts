import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { BinUnit } from "../generated/graphql.ts";
import { useBinWord } from "./bin.ts";

/** The kinds that the delivered cities split by; another one is shown as its city wrote it. */
const CATEGORY_WORD: Readonly<Record<string, MessageDescriptor>> = {
  VEHICLE_PERSON: msg`vehicle and person`,
  VEHICLE_VEHICLE: msg`vehicle and vehicle`,
  SINGLE_VEHICLE: msg`single vehicle`,
  RAIL_CROSSING: msg`rail crossing`,
  NOT_WITH_VEHICLE: msg`not with a moving vehicle`,
  FRONT_TO_REAR: msg`front to rear`,
  FRONT_TO_FRONT: msg`front to front`,
  ANGLE: msg`at an angle`,
  SIDESWIPE: msg`sideswipe`,
  OTHER_OR_UNKNOWN: msg`other or unknown`,
  MEDICAL: msg`medical emergency`,
  PERSON_DOWN: msg`person down`,
  ASSAULT: msg`assault`,
  MISSING_PERSON: msg`missing person`,
  FATAL_CRASH: msg`fatal crash`,
};

/**
 * Names a category of a split: a kind in words, an hour of the local day "08" as "08:00–09:00", a bin of a histogram.
 * @param binUnit what the bins of the plan are counted in, where it has some
 */
export function useCategoryWord(binUnit?: BinUnit): (category: string) => string {
  const { t } = useLingui();
  const binWord = useBinWord(binUnit ?? "SECONDS");
  return (category) => {
    if (binUnit !== undefined) return binWord(category);
    const word = CATEGORY_WORD[category];
    if (word) return t(word);
    return /^\d\d$/.test(category) ? `${category}:00–${String(Number(category) + 1).padStart(2, "0")}:00` : category;
  };
}
