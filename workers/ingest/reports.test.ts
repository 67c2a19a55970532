import type { Reading } from "../../core/edge/batch.ts";
import { DEFAULT_CLOCK } from "../../core/privacy/closing.ts";
import { formatInstant } from "../../core/time.ts";
import { type Plan, streamKey } from "./catalogue.ts";
import { judgeReadings } from "./judge.ts";
import type { Scene } from "./scene.ts";

/** 13:30 on 21 November in Seoul: the block from 12:00 to 15:00. */
const NOW = Date.parse("2026-11-21T04:30:00Z");
const HOUR = 3_600_000;
const POINT = { slug: "corner-01", position: [126.85, 35.15] as const };

function scene(more: Partial<Scene> = {}, feed: Partial<Scene["feed"]> = {}): Scene {
  const none: readonly Plan[] = [];
  const plans = {
    ...{ all: new Set([1]), PRESENCE: none, OCCUPANCY: none, PASSAGES: none, DEPARTURES: none, SPEED: none },
    ...{ ORIGIN_DESTINATION: none, COUNTER: none, INCIDENTS: none, DWELL: none },
  };
  const own = {
    ...{ id: "feed", readingTypes: new Set(["report"]), population: 1, controller: "c", clock: DEFAULT_CLOCK },
    ...{ city: "city", timeZone: "Asia/Seoul", bounds: [126.8, 35.1, 126.9, 35.2] as const, eventDatasets: [] },
    ...{ availabilityDatasets: [], snapSets: [{ version: 1, reachM: 300, validFrom: "2026-01-01", points: [POINT] }] },
    ...{ plans, ...feed },
  };
  const catalogue = {
    ...{ readAt: NOW, feeds: new Map(), zones: new Set<string>(), models: new Set<string>() },
    vouchers: new Set([streamKey("desk", "feed")]),
  };
  return { catalogue, feed: own, device: "pole", receivedAt: NOW, backfillDay: null, ...more };
}

const report = (change: object = {}): Reading => ({
  ...{ type: "report", subject: { kind: "device", id: "pole" }, source: "DEVICE", key: "noise-a", revision: 1 },
  ...{ category: "NOISE", severity: "MINOR", urgency: "IMMEDIATE", certainty: "OBSERVED" },
  ...{ at: formatInstant(NOW), longitude: 126.8501, latitude: 35.1501, ...change },
});
const account = (source: string) => report({ subject: { kind: "account", id: "a-1" }, source });
const outcome = (reading: unknown, where = scene()) => {
  const { rows, refused } = judgeReadings([reading], where);
  return refused[0] === undefined ? rows.reports[0] : [refused[0].reason, refused[0].field];
};

test("a report falls in the cell of its snap point and block", () => {
  expect(outcome(report())).toMatchObject({
    ...{ day: "2026-11-21", verified: true, snapVersion: 1, point: "corner-01" },
    block: { from: Date.parse("2026-11-21T03:00:00Z"), to: Date.parse("2026-11-21T06:00:00Z") },
  });
  expect(outcome(report({ longitude: 126.86 }))).toMatchObject({ point: "" });
});

test("a device speaks for itself alone", () => {
  // kills: one device that speaks in the name of all registered ones, whose ids are public
  expect(outcome(report({ subject: { kind: "device", id: "other-pole" } }))).toEqual(["ROW_INVALID", "subject.id"]);
});

test("an account is verified only by a device that may vouch for it, a guest never", () => {
  // kills: an account that verifies itself
  const desk = scene({ device: "desk" });
  const verified = (reading: unknown, where: Scene) => (outcome(reading, where) as { verified?: boolean }).verified;
  expect(verified(account("ACCOUNT"), desk)).toBe(true);
  expect(verified(account("GUEST"), desk)).toBe(false);
  expect(verified(account("ACCOUNT"), scene())).toBe(false);
  expect(verified(account("ACCOUNT"), { ...desk, feed: { ...desk.feed, id: "another-feed" } })).toBe(false);
});

test.each([
  ["an account that says it is a device", { subject: { kind: "account", id: "a" }, source: "DEVICE" }, "source"],
  ["a device that says it is an account", { source: "ACCOUNT" }, "source"],
  ["a category of persons", { category: "ASSAULT" }, "category"],
  ["a note too long", { note: "x".repeat(501) }, "note"],
  ["a note with a control character", { note: "a\u0000b" }, "note"],
])("%s is refused", (_what, change, field) => {
  expect(outcome(report(change))).toEqual(["ROW_INVALID", field]);
});

test("an identifier in the note is expected: it is redacted, not refused, and refused nowhere else", () => {
  const { note } = outcome(report({ note: "흰 차 12가3456이 달아남, 신고 010-1234-5678" })) as { note: string };
  expect(note).toContain("달아남");
  expect(note).not.toMatch(/3456|5678/);
  expect(outcome(report({ key: "car-12ga3456" }))).toEqual(["ROW_IDENTIFIER_IN_TEXT", "key"]);
});

test("what is too old, ahead of us or outside the city is refused", () => {
  expect(outcome(report({ at: formatInstant(NOW - 7 * HOUR) }))).toEqual(["ROW_TOO_OLD", "at"]);
  expect(outcome(report({ at: formatInstant(NOW + HOUR) }))).toEqual(["ROW_FUTURE", "at"]);
  expect(outcome(report({ longitude: 127 }))).toEqual(["ROW_OUTSIDE_CITY", "longitude"]);
});

test("a city without snap points, and a population whose days are never sealed, take no reports", () => {
  // kills: reports that wait for ever in the restricted database, because nothing ends their day
  expect(outcome(report(), scene({}, { snapSets: [] }))).toEqual(["ROW_UNKNOWN_KIND", "type"]);
  const { plans } = scene().feed;
  expect(outcome(report(), scene({}, { plans: { ...plans, all: new Set() } }))).toEqual(["ROW_UNKNOWN_KIND", "type"]);
});
