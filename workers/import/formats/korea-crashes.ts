import { dayBounds, formatInstant, localDay, parseInstant } from "../../../core/time.ts";
import { type Format, refuse } from "./format.ts";

/** 사고유형_대분류, as published. */
const KINDS: Readonly<Record<string, string>> = {
  차대사람: "VEHICLE_PERSON",
  차대차: "VEHICLE_VEHICLE",
  차량단독: "SINGLE_VEHICLE",
  철길건널목: "RAIL_CROSSING",
};

const HOUR = 3_600_000;

const COLUMNS = [
  "발생년월일시",
  "발생지시도",
  "발생지시군구",
  "사고유형_대분류",
  "경도",
  "위도",
  "가해자_당사자종별",
] as const;

/**
 * Korea's fatal crashes. Province, day (noon stands for it) and kind are sent; point, hour and parties are not. The
 * file has no case number: a row that repeats another in every column that tells crashes apart is the same crash.
 */
export const koreaCrashes: Format = {
  columns: COLUMNS,
  reader(city) {
    const provinces = new Map(
      city.zones.filter((zone) => zone.kind === "AREA").map((zone) => [zone.nameKo, zone.slug] as const),
    );
    return (column, subject) => {
      const at = parseInstant(column("발생년월일시"));
      if (at === null) return refuse("ROW_TIME", "발생년월일시");
      const zone = provinces.get(column("발생지시도"));
      if (zone === undefined) return refuse("ROW_UNKNOWN_PLACE", "발생지시도");
      const category = KINDS[column("사고유형_대분류")];
      if (category === undefined) return refuse("ROW_INVALID", "사고유형_대분류");
      const day = localDay(at, city.timeZone);
      const noon = formatInstant(dayBounds(day, city.timeZone).from + 12 * HOUR);
      return {
        day,
        key: COLUMNS.map(column).join("|"),
        reading: {
          type: "incident",
          subject: { kind: "incident", id: subject },
          category,
          at: noon,
          zone,
        },
      };
    };
  },
};
