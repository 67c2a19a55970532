import { parseReading } from "../../../core/edge/batch.ts";
import { type CityConfig, loadCity, parseCity } from "../../../prisma/cities/city.ts";
import { isRefusal } from "./format.ts";
import { FORMATS, type Source } from "./formats.ts";

function withPlaces(name: string, slugs: readonly string[]): CityConfig {
  const city = loadCity(name);
  const [place] = city.zones;
  if (place === undefined) throw new Error("a city has a zone");
  const stations = slugs.map((slug) => ({ ...place, slug, kind: "STATION" as const, parent: "city" }));
  return parseCity({ ...city, zones: [...city.zones, ...stations] });
}

const CITIES: Record<Source["format"], CityConfig> = {
  "bay-area-trips": withPlaces("bay-area-2014", ["station-58", "station-65"]),
  "melbourne-counts": withPlaces("melbourne", ["sensor-3"]),
  "korea-crashes": loadCity("korea-crashes"),
  "fars-crashes": loadCity("usa-crashes"),
};

/** A judge of rows given by column. */
function judge(format: Source["format"]) {
  const read = FORMATS[format].reader(CITIES[format]);
  return (row: Record<string, string>) => read((name) => row[name] ?? "", "file-1");
}

const reasonOf = (result: ReturnType<ReturnType<typeof judge>>): string =>
  isRefusal(result) ? `${result.reason} ${result.column}` : "taken";

const TRIP = {
  trip_id: "139545",
  bike_id: "473",
  start_time: "2014-01-01T00:14:00-08:00",
  end_time: "2014-01-01T00:21:00-08:00",
  duration_s: "435",
  start_station_id: "58",
  end_station_id: "65",
  zip_code: "94612",
};

describe("Bay Area trips", () => {
  const read = judge("bay-area-trips");

  test("a trip belongs to the local day it starts on and carries nothing of the rider or the bike", () => {
    const result = read(TRIP);
    if (isRefusal(result)) throw new Error(result.reason);
    expect(result.day).toBe("2014-01-01");
    expect(parseReading(result.reading).ok).toBe(true);
    expect(JSON.stringify(result.reading)).not.toMatch(/94612|473|139545/);
  });

  test("a trip of 199 days is taken: it counts where it started", () => {
    expect(reasonOf(read({ ...TRIP, end_time: "2014-07-19T23:34:00-07:00", duration_s: "17270400" }))).toBe("taken");
  });

  test("a clock set back does not make a trip end before it starts", () => {
    const night = { start_time: "2014-11-02T00:59:00-07:00", end_time: "2014-11-02T01:18:00-08:00" };
    expect(reasonOf(read({ ...TRIP, ...night, duration_s: "4735" }))).toBe("taken");
  });

  test.each([
    ["ROW_TIME start_time", { start_time: "2014-01-01 00:14" }],
    ["ROW_TIME start_time", { start_time: "2014-02-30T00:14:00-08:00" }],
    ["ROW_TIME end_time", { end_time: "2014-01-01T00:13:00-08:00" }],
    ["ROW_NUMBER duration_s", { duration_s: "-5" }],
    ["ROW_NUMBER duration_s", { duration_s: "NA" }],
    ["ROW_NUMBER duration_s", { duration_s: "1e3" }],
    ["ROW_NUMBER trip_id", { trip_id: "" }],
    ["ROW_UNKNOWN_PLACE start_station_id", { start_station_id: "99" }],
    ["ROW_UNKNOWN_PLACE end_station_id", { end_station_id: "" }],
  ])("%s", (reason, spoilt) => {
    expect(reasonOf(read({ ...TRIP, ...spoilt }))).toBe(reason);
  });
});

describe("Melbourne counts", () => {
  const row = (local_time: string, pedestrians = "12") => ({ local_time, sensor_id: "3", pedestrians });
  const span = (result: ReturnType<ReturnType<typeof judge>>): string =>
    isRefusal(result) || result.reading.type !== "count"
      ? reasonOf(result)
      : `${result.reading.from} ${result.reading.to}`;

  test("an hour is the window of that hour on Melbourne's clock", () => {
    expect(span(judge("melbourne-counts")(row("2015-01-01T00:00:00")))).toBe(
      "2014-12-31T13:00:00Z 2014-12-31T14:00:00Z",
    );
  });

  test("the hour that spring skips does not exist", () => {
    expect(span(judge("melbourne-counts")(row("2015-10-04T02:00:00")))).toBe("ROW_TIME local_time");
  });

  test("the hour that autumn repeats is the first one when it stands once, and the second when it stands twice", () => {
    const read = judge("melbourne-counts");
    expect(span(read(row("2015-04-05T02:00:00")))).toBe("2015-04-04T15:00:00Z 2015-04-04T16:00:00Z");
    expect(span(read(row("2015-04-05T02:00:00")))).toBe("2015-04-04T16:00:00Z 2015-04-04T17:00:00Z");
  });

  test.each([
    ["ROW_TIME local_time", row("2015-01-01T00:30:00")],
    ["ROW_TIME local_time", row("yesterday")],
    ["ROW_NUMBER pedestrians", row("2015-01-01T00:00:00", "-1")],
    ["ROW_NUMBER pedestrians", row("2015-01-01T00:00:00", "12.5")],
    ["ROW_NUMBER pedestrians", row("2015-01-01T00:00:00", "NaN")],
    ["ROW_UNKNOWN_PLACE sensor_id", { ...row("2015-01-01T00:00:00"), sensor_id: "4" }],
  ])("%s", (reason, spoilt) => {
    expect(reasonOf(judge("melbourne-counts")(spoilt))).toBe(reason);
  });
});

describe("Korean crashes", () => {
  const read = judge("korea-crashes");
  const crash = {
    발생년월일시: "2020-01-01T05:00:00+09:00",
    발생지시도: "광주",
    발생지시군구: "서구",
    사고유형_대분류: "차대사람",
    경도: "126.85",
    위도: "35.15",
  };

  test("keeps province, day and kind, and lets hour and place go", () => {
    const result = read(crash);
    if (isRefusal(result) || result.reading.type !== "incident") throw new Error("refused");
    expect(result.reading).toMatchObject({ zone: "gwangju", category: "VEHICLE_PERSON", at: "2020-01-01T03:00:00Z" });
    expect(JSON.stringify(result.reading)).not.toMatch(/126\.85|서구|T05|20:00/);
  });

  test("every province of the file has a place", () => {
    const names = "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주".split(" ");
    for (const name of names) expect(reasonOf(read({ ...crash, 발생지시도: name }))).toBe("taken");
  });

  test.each([
    ["ROW_TIME 발생년월일시", { 발생년월일시: "2020-13-01T05:00:00+09:00" }],
    ["ROW_UNKNOWN_PLACE 발생지시도", { 발생지시도: "평양" }],
    ["ROW_INVALID 사고유형_대분류", { 사고유형_대분류: "기타" }],
  ])("%s", (reason, spoilt) => {
    expect(reasonOf(read({ ...crash, ...spoilt }))).toBe(reason);
  });
});

describe("FARS crashes", () => {
  const read = judge("fars-crashes");
  const crash = { STATE: "36", ST_CASE: "360001", YEAR: "2013", MONTH: "1", DAY: "6", MAN_COLL: "6" };

  test("unknown hour and place lose no crash", () => {
    const result = read({
      ...crash,
      HOUR: "99",
      MINUTE: "99",
      LATITUDE: "99.9999",
      LONGITUD: "999.9999",
    } as typeof crash);
    if (isRefusal(result)) throw new Error(result.reason);
    expect(result.day).toBe("2013-01-06");
    expect(result.reading).toMatchObject({ zone: "ny", category: "ANGLE" });
  });

  test("the day is the state's own, also where the clock is another", () => {
    const result = read({ ...crash, STATE: "15", DAY: "31", MONTH: "12" });
    expect(isRefusal(result) ? result : [result.day, result.key]).toEqual(["2013-12-31", "hi 360001"]);
  });

  test.each([
    ["ROW_TIME DAY", { DAY: "99" }],
    ["ROW_TIME DAY", { MONTH: "2", DAY: "30" }],
    ["ROW_UNKNOWN_PLACE STATE", { STATE: "43" }],
    ["ROW_UNKNOWN_PLACE STATE", { STATE: "NA" }],
    ["ROW_NUMBER ST_CASE", { ST_CASE: "NA" }],
    ["ROW_NUMBER MAN_COLL", { MAN_COLL: "5" }],
  ])("%s", (reason, spoilt) => {
    expect(reasonOf(read({ ...crash, ...spoilt }))).toBe(reason);
  });
});
