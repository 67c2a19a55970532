import type { Reading } from "../../core/edge/batch.ts";
import { cell } from "../../core/geo/cell.ts";
import { DEFAULT_CLOCK } from "../../core/privacy/closing.ts";
import type { Statistic } from "../../core/privacy/plan.ts";
import { formatInstant } from "../../core/time.ts";
import type { Catalogue, Feed, Plan, Plans } from "./catalogue.ts";
import { cellKey, WHOLE_CITY } from "./catalogue.ts";
import { judgeReadings } from "./judge.ts";
import type { Scene } from "./scene.ts";

/** 09:30 on 21 November in Seoul. */
const NOW = Date.parse("2026-11-21T00:30:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT = { longitude: 126.850825, latitude: 35.150775 };
const H3 = cell(AT.longitude, AT.latitude, 9);

let number = 0;
const plan = (statistic: Statistic, step: Plan["step"], cells: [string, number][], more: Partial<Plan> = {}): Plan => ({
  number: ++number,
  statistic,
  step,
  split: "NONE",
  dayparts: [],
  binEdges: [],
  classes: null,
  cells: new Map(cells),
  ...more,
});

function scene(plans: Plan[], more: Partial<Scene> = {}): Scene {
  const of = (statistic: Statistic) => plans.filter((one) => one.statistic === statistic);
  const grouped: Plans = {
    all: new Set(plans.map((one) => one.number)),
    PRESENCE: of("PRESENCE"),
    OCCUPANCY: of("OCCUPANCY"),
    PASSAGES: of("PASSAGES"),
    DEPARTURES: of("DEPARTURES"),
    ORIGIN_DESTINATION: of("ORIGIN_DESTINATION"),
    COUNTER: of("COUNTER"),
    INCIDENTS: of("INCIDENTS"),
    SPEED: of("SPEED"),
    DWELL: of("DWELL"),
  };
  const feed: Feed = {
    id: "feed",
    readingTypes: new Set(["heartbeat", "track", "count", "trip", "availability", "incident", "event"]),
    population: 1,
    controller: "c",
    clock: DEFAULT_CLOCK,
    city: "city",
    timeZone: "Asia/Seoul",
    bounds: [126.8, 35.1, 126.9, 35.2],
    eventDatasets: ["things"],
    availabilityDatasets: ["docks"],
    snapSets: [],
    plans: grouped,
  };
  const catalogue: Catalogue = {
    readAt: NOW,
    feeds: new Map([["feed", feed]]),
    zones: new Set(["city/plaza", "city/segment", "city/a", "city/b", "city/sensor", "city/area"]),
    models: new Set(["m-1"]),
    vouchers: new Set(),
  };
  return { catalogue, feed, device: "device", receivedAt: NOW, backfillDay: null, ...more };
}

const track = (from: number, to: number, more: object = {}): Reading => ({
  type: "track",
  subject: { kind: "track", id: "t-1" },
  class: "PERSON",
  behaviour: "MOVE",
  from: formatInstant(from),
  to: formatInstant(to),
  ...AT,
  confidence: 90,
  model: "m-1",
  ...more,
});
const trip = (from: number, to: number, more: object = {}): Reading => ({
  type: "trip",
  subject: { kind: "trip", id: "r-1" },
  vehicle: "BICYCLE",
  from: formatInstant(from),
  to: formatInstant(to),
  origin: "a",
  destination: "b",
  ...more,
});

/** What one reading comes to: its contributions as [day, window start in UTC, cell], or the reason of its refusal. */
function outcome(reading: unknown, where: Scene) {
  const { rows, refused } = judgeReadings([reading], where);
  if (refused[0] !== undefined) return [refused[0].reason, refused[0].field];
  return rows.contributions.map(({ day, windowStart, cell }) => [day, formatInstant(windowStart).slice(5, 16), cell]);
}

describe("a track", () => {
  test("is present in its cell in every window that it touches", () => {
    const where = scene([plan("PRESENCE", "PT1H", [[H3, 4]])]);
    expect(outcome(track(NOW - 25 * MINUTE, NOW - 11 * MINUTE), where)).toEqual([["2026-11-21", "11-21T00:00", 4]]);
    expect(outcome(track(NOW - 40 * MINUTE, NOW - 28 * MINUTE), where)).toEqual([
      ["2026-11-21", "11-20T23:00", 4],
      ["2026-11-21", "11-21T00:00", 4],
    ]);
    const other = { longitude: 126.81, latitude: 35.11 };
    expect(outcome(track(NOW - MINUTE, NOW, other), where)).toEqual([]);
  });

  test("belongs window by window to the local day that the window starts on", () => {
    const midnight = Date.parse("2026-11-20T15:00:00Z");
    const where = scene([plan("PRESENCE", "PT1H", [[H3, 4]])], { receivedAt: midnight + HOUR });
    expect(outcome(track(midnight - 5 * MINUTE, midnight + 5 * MINUTE), where)).toEqual([
      ["2026-11-20", "11-20T14:00", 4],
      ["2026-11-21", "11-20T15:00", 4],
    ]);
  });

  test("occupies its plaza at the instants that windows start with, not in between", () => {
    const where = scene([plan("OCCUPANCY", "PT10M", [["city/plaza", 2]])]);
    const at = (minutes: number) => Date.parse("2026-11-21T00:00:00Z") + minutes * MINUTE;
    const starts = (from: number, to: number) =>
      outcome(track(at(from), at(to), { zone: "plaza" }), where).map((row) => String(row?.[1]).slice(-2));
    expect(starts(1, 9)).toEqual([]);
    expect(starts(10, 10.5)).toEqual(["10"]);
    expect(starts(1, 10)).toEqual([]);
    expect(starts(9, 22)).toEqual(["10", "20"]);
    expect(outcome(track(at(9), at(22)), where)).toEqual([]);
  });

  test("passes its segment in the window that it begins in", () => {
    const where = scene([plan("PASSAGES", "PT15M", [["city/segment", 9]], { classes: new Set(["CAR"]) })]);
    const car = track(NOW - 16 * MINUTE, NOW - 14 * MINUTE, { class: "CAR", zone: "segment" });
    expect(outcome(car, where)).toEqual([["2026-11-21", "11-21T00:00", 9]]);
    expect(outcome({ ...car, class: "PERSON" }, where)).toEqual([]);
  });

  test("must come from a registered model, lie in the city and name a place of the city", () => {
    const where = scene([]);
    expect(outcome(track(NOW, NOW, { model: "m-2" }), where)).toEqual(["ROW_UNKNOWN_MODEL", "model"]);
    expect(outcome(track(NOW, NOW, { longitude: 127 }), where)).toEqual(["ROW_OUTSIDE_CITY", "longitude"]);
    expect(outcome(track(NOW, NOW, { zone: "nowhere" }), where)).toEqual(["ROW_UNKNOWN_PLACE", "zone"]);
  });

  test("that is partly too old or ahead of us counts with the part that is not", () => {
    const where = scene([plan("PRESENCE", "PT10M", [[H3, 1]])]);
    const edge = NOW - 6 * HOUR;
    expect(outcome(track(edge - 14 * MINUTE, edge), where)).toEqual([["2026-11-21", "11-20T18:30", 1]]);
    expect(outcome(track(edge - 10 * MINUTE, edge - 1000), where)).toEqual(["ROW_TOO_OLD", "to"]);
    expect(outcome(track(NOW - MINUTE, NOW + 12 * MINUTE), where)).toHaveLength(2);
    expect(outcome(track(NOW + 3 * MINUTE, NOW + 4 * MINUTE), where)).toEqual(["ROW_FUTURE", "from"]);
  });

  test("of a backfill counts on its day alone", () => {
    const where = scene([plan("PRESENCE", "PT1H", [[H3, 4]])], { backfillDay: "2026-03-01" });
    const midnight = Date.parse("2026-03-01T15:00:00Z");
    expect(outcome(track(midnight - 5 * MINUTE, midnight + 5 * MINUTE), where)).toEqual([
      ["2026-03-01", "03-01T14:00", 4],
    ]);
    expect(outcome(track(midnight, midnight), where)).toEqual(["ROW_WRONG_DAY", "from"]);
  });

  test("has an id that leaves something to hash", () => {
    const zero = { subject: { kind: "track", id: "\u200b\u200b" } };
    expect(outcome(track(NOW, NOW, zero), scene([]))).toEqual(["ROW_INVALID", "subject.id"]);
    expect(outcome(track(NOW, NOW, { subject: { kind: "vehicle", id: "--" } }), scene([]))).toEqual([
      "ROW_INVALID",
      "subject.id",
    ]);
  });
});

test("what a unit touches is of the part of the day that the window starts in, by the clock of the city", () => {
  // kills: the part of the event itself, or of another time zone
  const split = { dayparts: [0, 9, 17] };
  const plans = [plan("PRESENCE", "PT1H", [[H3, 1]], split), plan("PASSAGES", "PT15M", [["city/segment", 2]], split)];
  const { rows } = judgeReadings([track(NOW - 32 * MINUTE, NOW - 20 * MINUTE, { zone: "segment" })], scene(plans));
  const strata = (of: readonly { windowStart: number; stratum: number }[]) =>
    of.map(({ windowStart, stratum }) => [formatInstant(windowStart).slice(11, 16), stratum]);
  expect(strata(rows.contributions.filter(({ cell: place }) => place === 1))).toEqual([
    ["23:00", 0],
    ["00:00", 1],
  ]);
  expect(strata(rows.contributions.filter(({ cell: place }) => place === 2))).toEqual([["23:45", 0]]);
});

describe("speed and dwell", () => {
  const bins = { split: "BIN", binEdges: [0, 100, 300] } as const;
  const cells = (zone: string, first: number): [string, number][] =>
    ["0-100", "100-300", "300-"].map((bin, at) => [cellKey(zone, bin), first + at]);
  const speeds = plan("SPEED", "PT1H", cells("city/segment", 1), { ...bins, classes: new Set(["CAR"]) });
  const stays = plan("DWELL", "P1D", cells("city/plaza", 11), { ...bins, binEdges: [0, 100, 300] });
  const where = scene([speeds, stays]);
  const drive = (speed: number | undefined, more: object = {}) =>
    outcome(
      track(NOW - MINUTE, NOW, { class: "CAR", zone: "segment", ...(speed !== undefined && { speed }), ...more }),
      where,
    );

  test("count a unit in the bin of its value, in the hour and the day of the track", () => {
    expect([0, 99, 100, 299, 300, 5000].map((speed) => drive(speed))).toEqual(
      [1, 1, 2, 2, 3, 3].map((place) => [["2026-11-21", "11-21T00:00", place]]),
    );
    expect(outcome(track(NOW - MINUTE, NOW, { zone: "plaza", dwell: 310 }), where)).toEqual([
      ["2026-11-21", "11-20T15:00", 13],
    ]);
  });

  test("are of what is told alone: no speed, another class or another place counts nowhere", () => {
    // kills: a missing speed taken as standing still
    expect([drive(undefined), drive(50, { class: "BUS" }), drive(50, { zone: "plaza" })]).toEqual([[], [], []]);
    expect(outcome(track(NOW - MINUTE, NOW, { zone: "plaza" }), where)).toEqual([]);
  });
});

describe("a trip", () => {
  const byHour = plan(
    "DEPARTURES",
    "P1M",
    [
      [cellKey("city/a", "09"), 33],
      [cellKey("city/a", "08"), 32],
    ],
    { split: "HOUR" },
  );
  const where = scene([
    plan("DEPARTURES", "PT1H", [[WHOLE_CITY, 1]]),
    plan("DEPARTURES", "P1D", [["city/a", 11]]),
    byHour,
    plan("ORIGIN_DESTINATION", "P1M", [
      ["city/a", 3],
      ["city/b", 4],
    ]),
  ]);

  test("departs once from the city, its station and its station's hour, and is a pair of stations", () => {
    expect(outcome(trip(NOW - 20 * MINUTE, NOW), where)).toEqual([
      ["2026-11-21", "11-21T00:00", 1],
      ["2026-11-21", "11-20T15:00", 11],
      ["2026-11-21", "10-31T15:00", 33],
      ["2026-11-21", "10-31T15:00", 3 * 65_536 + 4],
    ]);
  });

  test("that ends after its start day and the lateness departs and is no pair", () => {
    const past = scene([...where.feed.plans.DEPARTURES, ...where.feed.plans.ORIGIN_DESTINATION], {
      backfillDay: "2014-08-31",
    });
    const start = Date.parse("2014-08-31T01:00:00Z");
    expect(outcome(trip(start, start + 19.9 * HOUR), past)).toHaveLength(3);
    // It starts at 10:00 in Seoul; the day's lateness ends 20 hours later.
    expect(outcome(trip(start, start + 20 * HOUR), past)).toHaveLength(3);
    expect(outcome(trip(start, start + 20 * HOUR + 1000), past)).toHaveLength(2);
    expect(outcome(trip(start, start + 21 * HOUR), past)).toHaveLength(2);
    expect(outcome(trip(start, start + 200 * HOUR), past)).toHaveLength(2);
  });

  test("needs stations of the city and cannot end ahead of us", () => {
    expect(outcome(trip(NOW, NOW, { origin: "x" }), where)).toEqual(["ROW_UNKNOWN_PLACE", "origin"]);
    expect(outcome(trip(NOW, NOW, { destination: "x" }), where)).toEqual(["ROW_UNKNOWN_PLACE", "destination"]);
    expect(outcome(trip(NOW, NOW + 5 * MINUTE), where)).toEqual(["ROW_FUTURE", "to"]);
  });
});

test("an incident counts by place, and by kind where the plan splits", () => {
  const where = scene([
    plan("INCIDENTS", "P1M", [["city/area", 1]]),
    plan("INCIDENTS", "P1Y", [[cellKey("city/area", "ASSAULT"), 7]], { split: "CATEGORY" }),
  ]);
  const incident = {
    type: "incident",
    subject: { kind: "incident", id: "i" },
    category: "ASSAULT",
    at: formatInstant(NOW),
    zone: "area",
  };
  expect(outcome(incident, where)).toEqual([
    ["2026-11-21", "10-31T15:00", 1],
    ["2026-11-21", "12-31T15:00", 7],
  ]);
  expect(outcome({ ...incident, category: "MEDICAL" }, where)).toHaveLength(1);
  expect(outcome({ ...incident, zone: "x" }, where)).toEqual(["ROW_UNKNOWN_PLACE", "zone"]);
});

test("a count stands where it covers a window of the plan exactly", () => {
  const where = scene([plan("COUNTER", "PT1H", [["city/sensor", 5]])]);
  const start = Date.parse("2026-11-20T23:00:00Z");
  const count = (from: number, to: number) => ({
    ...{ type: "count", sensor: "sensor", class: "PERSON", value: 12 },
    ...{ from: formatInstant(from), to: formatInstant(to) },
  });
  const counters = (reading: unknown) =>
    judgeReadings([reading], where).rows.counters.map(({ day, cell, value }) => [day, cell, value]);
  expect(counters(count(start, start + HOUR))).toEqual([["2026-11-21", 5, 12]]);
  expect(counters(count(start, start + HOUR / 2))).toEqual([]);
  expect(counters(count(start + MINUTE, start + HOUR + MINUTE))).toEqual([]);
});

test("facts about things keep their id when they are repeated, and a revision has its own", () => {
  const event = (revision: number) => ({
    ...{ type: "event", key: "works-1", revision, category: "ROAD_WORKS", severity: "MINOR", urgency: "FUTURE" },
    ...{ certainty: "LIKELY", from: formatInstant(NOW + 100 * HOUR), to: null, zone: "area", ...AT },
  });
  const { facts } = judgeReadings([event(1), event(1), event(2)], scene([])).rows;
  expect(new Set(facts.map(({ id }) => id)).size).toBe(2);
  expect(JSON.parse(facts[0]?.body ?? "")).toEqual({
    ...{ id: facts[0]?.id, dataset: "things", key: "works-1", revision: 1, category: "ROAD_WORKS" },
    ...{ severity: "MINOR", urgency: "FUTURE", certainty: "LIKELY", startsAt: "2026-11-25T04:30:00Z", endsAt: null },
    ...{ zone: "city/area", geometry: { type: "Point", coordinates: [AT.longitude, AT.latitude] } },
  });
});

test("availability is a fact of its station and instant", () => {
  const reading = { type: "availability", station: "a", at: formatInstant(NOW), vehicles: 3, docks: 0 };
  const { facts } = judgeReadings([reading], scene([])).rows;
  expect(JSON.parse(facts[0]?.body ?? "")).toEqual({
    ...{ dataset: "docks", zone: "city/a", at: "2026-11-21T00:30:00Z", vehicles: 3, docks: 0 },
  });
});

test("a heartbeat is heard within lateness and skew, in a backfill on its day", () => {
  const beat = (at: number) => ({ type: "heartbeat", at: formatInstant(at) });
  expect(judgeReadings([beat(NOW)], scene([])).rows.heartbeats).toEqual([NOW]);
  expect(outcome(beat(NOW - 7 * HOUR), scene([]))).toEqual(["ROW_TOO_OLD", "at"]);
  expect(outcome(beat(NOW + HOUR), scene([]))).toEqual(["ROW_FUTURE", "at"]);
  const past = scene([], { backfillDay: "2026-11-20" });
  expect(outcome(beat(NOW), past)).toEqual(["ROW_WRONG_DAY", "at"]);
  expect(judgeReadings([beat(NOW - 24 * HOUR)], past).rows.heartbeats).toHaveLength(1);
});

test("a type that the feed does not carry is refused", () => {
  const where = scene([]);
  const narrow = { ...where, feed: { ...where.feed, readingTypes: new Set(["heartbeat"]) } };
  expect(outcome(track(NOW, NOW), narrow)).toEqual(["ROW_UNKNOWN_KIND", "type"]);
});

test("of ten thousand readings with one bad, the others count", () => {
  const readings: unknown[] = Array.from({ length: 10_000 }, () => track(NOW - MINUTE, NOW));
  readings[4321] = { ...track(NOW, NOW), photo: "x" };
  const { rows, refused } = judgeReadings(readings, scene([plan("PRESENCE", "PT1H", [[H3, 1]])]));
  expect(refused).toEqual([{ reading: 4321, reason: "ROW_MEDIA", field: null }]);
  expect(rows.contributions).toHaveLength(9_999);
});
