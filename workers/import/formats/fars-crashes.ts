import { dayBounds, formatInstant, isDay } from "../../../core/time.ts";
import { type Format, refuse, wholeNumber } from "./format.ts";

/** STATE: the federal (GSA) codes of the FARS manual, by the slug of the state's zone. */
const STATES: Readonly<Record<number, string>> = {
  1: "al",
  2: "ak",
  4: "az",
  5: "ar",
  6: "ca",
  8: "co",
  9: "ct",
  10: "de",
  11: "dc",
  12: "fl",
  13: "ga",
  15: "hi",
  16: "id",
  17: "il",
  18: "in",
  19: "ia",
  20: "ks",
  21: "ky",
  22: "la",
  23: "me",
  24: "md",
  25: "ma",
  26: "mi",
  27: "mn",
  28: "ms",
  29: "mo",
  30: "mt",
  31: "ne",
  32: "nv",
  33: "nh",
  34: "nj",
  35: "nm",
  36: "ny",
  37: "nc",
  38: "nd",
  39: "oh",
  40: "ok",
  41: "or",
  42: "pa",
  44: "ri",
  45: "sc",
  46: "sd",
  47: "tn",
  48: "tx",
  49: "ut",
  50: "vt",
  51: "va",
  53: "wa",
  54: "wv",
  55: "wi",
  56: "wy",
};

/** MAN_COLL, manner of collision, in six groups: sideswipes together; rare, unreported and unknown ones together. */
const KINDS: Readonly<Record<number, string>> = {
  0: "NOT_WITH_VEHICLE",
  1: "FRONT_TO_REAR",
  2: "FRONT_TO_FRONT",
  6: "ANGLE",
  7: "SIDESWIPE",
  8: "SIDESWIPE",
  9: "OTHER_OR_UNKNOWN",
  10: "OTHER_OR_UNKNOWN",
  11: "OTHER_OR_UNKNOWN",
  98: "OTHER_OR_UNKNOWN",
  99: "OTHER_OR_UNKNOWN",
};

const HOUR = 3_600_000;

/**
 * FARS accident files. Only the state's calendar date is used, never hour or point, so that their sentinels (99,
 * 99.9999) lose no crash; a date with a sentinel does not exist and is refused. Noon stands for the day.
 */
export const farsCrashes: Format = {
  columns: ["STATE", "ST_CASE", "YEAR", "MONTH", "DAY", "MAN_COLL"],
  reader(city) {
    const zones = new Set(city.zones.filter((zone) => zone.kind === "AREA").map((zone) => zone.slug));
    return (column, subject) => {
      const [year, month, date] = (["YEAR", "MONTH", "DAY"] as const).map((name) => column(name).padStart(2, "0"));
      const day = `${year}-${month}-${date}`;
      if (!isDay(day)) return refuse("ROW_TIME", "DAY");
      const zone = STATES[wholeNumber(column("STATE"), 99) ?? -1];
      if (zone === undefined || !zones.has(zone)) return refuse("ROW_UNKNOWN_PLACE", "STATE");
      const crash = wholeNumber(column("ST_CASE"), 999_999);
      if (crash === null) return refuse("ROW_NUMBER", "ST_CASE");
      const category = KINDS[wholeNumber(column("MAN_COLL"), 99) ?? -1];
      if (category === undefined) return refuse("ROW_NUMBER", "MAN_COLL");
      const at = formatInstant(dayBounds(day, city.timeZone).from + 12 * HOUR);
      return {
        day,
        key: `${zone} ${crash}`,
        reading: { type: "incident", subject: { kind: "incident", id: subject }, category, at, zone },
      };
    };
  },
};
