import fc from "fast-check";
import { ERRORS, HubError } from "../errors.ts";
import { batch, MAX_READINGS, parseBatchHeader, parseReading, readingTypes, SCHEMA } from "./batch.ts";
import { EXAMPLES } from "./examples.ts";

const refusal = (value: unknown) => {
  const result = parseReading(value);
  return result.ok ? "taken" : [result.reason, result.field];
};
const track = (change: object) => ({ ...EXAMPLES.track, ...change });
const HEADER = {
  schema: SCHEMA,
  feed: "sangmu-people",
  device: "sangmu-pole-01",
  sequence: 1,
  time: "2026-11-21T09:00:00Z",
  readings: [EXAMPLES.heartbeat],
};

describe("a reading", () => {
  test.each(Object.entries(EXAMPLES))("of type %s is taken as the documentation shows it", (_, example) => {
    expect(parseReading(example)).toMatchObject({ ok: true, reading: { type: example.type } });
  });

  test("has its instants as epoch milliseconds, whatever offset they were sent with", () => {
    const result = parseReading(EXAMPLES.track);
    const from = Date.parse("2026-11-21T00:00:00Z");
    expect(result).toMatchObject({ ok: true, reading: { from, to: from + 42_500 } });
  });

  test("of any other type, or none, is unknown", () => {
    for (const type of ["person", "", "toString", "__proto__", null, 7, undefined]) {
      expect(refusal({ ...EXAMPLES.heartbeat, type })).toEqual(["ROW_UNKNOWN_KIND", "type"]);
    }
    for (const value of [null, 7, "x", [], [EXAMPLES.heartbeat], true]) {
      expect(refusal(value)).toEqual(["ROW_INVALID", null]);
    }
  });

  test("with a field that is not in the schema is refused, and the made-up name is not repeated", () => {
    for (const name of ["note", "plate", "name", "constructor", "toString"]) {
      expect(refusal(track({ [name]: "x" }))).toEqual(["ROW_UNKNOWN_FIELD", null]);
    }
    expect(refusal(JSON.parse('{"type":"heartbeat","at":"2026-11-21T00:00:00Z","__proto__":{"x":1}}'))).toEqual([
      "ROW_UNKNOWN_FIELD",
      null,
    ]);
    expect(refusal(track({ subject: { kind: "track", id: "a", plate: "b" } }))).toEqual(["ROW_UNKNOWN_FIELD", null]);
  });

  test("with a media-like field is refused as media", () => {
    const names = ["image", "photo", "thumbnail_jpg", "videoUrl", "audio", "faceEmbedding", "base64", "snapshot"];
    for (const name of names) expect(refusal(track({ [name]: "x" }))).toEqual(["ROW_MEDIA", null]);
  });

  test("has only whole numbers in range: no NaN, Infinity, -0, fractions or texts", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, JSON.parse("1e999"), -0, 0.5, "3", -1, 101, null]) {
      expect(refusal(track({ confidence: value }))).toEqual(["ROW_NUMBER", "confidence"]);
    }
    expect(refusal({ ...EXAMPLES.count, value: 10_000_000 })).toBe("taken");
    // kills: a count so large that its noisy value fits no database, so that its day is never released
    expect(refusal({ ...EXAMPLES.count, value: 10_000_001 })).toEqual(["ROW_NUMBER", "value"]);
    expect(refusal({ ...EXAMPLES.count, value: -0 })).toEqual(["ROW_NUMBER", "value"]);
    expect(refusal({ ...EXAMPLES.event, revision: 0 })).toEqual(["ROW_NUMBER", "revision"]);
  });

  test("says how long somebody stayed in whole seconds of a day, and where", () => {
    for (const dwell of [0, 86_400]) expect(refusal(track({ dwell }))).toBe("taken");
    for (const dwell of [-1, 86_401, 1.5, "60", null]) {
      expect(refusal(track({ dwell }))).toEqual(["ROW_NUMBER", "dwell"]);
    }
    const { zone: _, ...nowhere } = EXAMPLES.track;
    // kills: a stay that belongs to no place
    expect(refusal(nowhere)).toEqual(["ROW_INVALID", "zone"]);
    const { dwell: __, ...passing } = nowhere as typeof EXAMPLES.track;
    expect(refusal(passing)).toBe("taken");
  });

  test("of a collision or of a person is no event, by category or by key", () => {
    for (const category of ["TRAFFIC_ACCIDENT", "CROWD_LEVEL_CHANGE", "MEDICAL", "ASSAULT"]) {
      expect(refusal({ ...EXAMPLES.event, category })).toEqual(["ROW_INVALID", "category"]);
    }
    // kills: a word on injury that is published as the key of an event
    for (const key of ["dead-man-at-the-gate", "crash-two-injured", "suicide-bridge"]) {
      expect(refusal({ ...EXAMPLES.event, key })).toEqual(["ROW_INVALID", "key"]);
    }
  });

  test("has plain degrees of at most seven decimals", () => {
    for (const longitude of [180.1, -181, Number.NaN, -0, 126.12345678, "126.8"]) {
      expect(refusal(track({ longitude }))).toEqual(["ROW_NUMBER", "longitude"]);
    }
    fc.assert(
      fc.property(fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }), (tenMillionths) => {
        fc.pre(tenMillionths !== 0);
        expect(parseReading(track({ longitude: Number(`${tenMillionths}e-7`) })).ok).toBe(true);
      }),
    );
  });

  test("has instants with a zone that exist", () => {
    for (const from of ["2026-11-21T09:00:00", "2026-02-30T09:00:00Z", "2026-11-21 09:00:00Z", "", "now"]) {
      expect(refusal(track({ from }))).toEqual(["ROW_TIME", "from"]);
    }
  });

  test("lasts no longer than its type allows and does not run backwards", () => {
    const to = (text: string) => refusal(track({ to: text }));
    expect(to("2026-11-21T09:15:00+09:00")).toBe("taken");
    expect(to("2026-11-21T09:15:00.001+09:00")).toEqual(["ROW_TIME", "to"]);
    expect(to("2026-11-21T08:59:59+09:00")).toEqual(["ROW_TIME", "to"]);
    expect(refusal({ ...EXAMPLES.event, to: EXAMPLES.event.from })).toEqual(["ROW_TIME", "to"]);
    expect(refusal({ ...EXAMPLES.event, to: null })).toBe("taken");
  });

  test("holds an identifier in its subject and nowhere else", () => {
    const plates = ["12ga3456", "123-heo-4567", "12가3456", "010-1234-5678", "a@b.kr", "900101-1234567"];
    for (const text of plates) {
      expect(refusal(track({ subject: { kind: "vehicle", id: text } }))).toBe("taken");
      expect(refusal(track({ zone: text }))).toEqual(["ROW_IDENTIFIER_IN_TEXT", "zone"]);
      expect(refusal(track({ model: text }))).toEqual(["ROW_IDENTIFIER_IN_TEXT", "model"]);
      expect(refusal({ ...EXAMPLES.event, key: text })).toEqual(["ROW_IDENTIFIER_IN_TEXT", "key"]);
      expect(refusal({ ...EXAMPLES.trip, origin: text })).toEqual(["ROW_IDENTIFIER_IN_TEXT", "origin"]);
    }
    expect(refusal({ ...EXAMPLES.incident, category: "CALL_010_1234_5678" })).toEqual([
      "ROW_IDENTIFIER_IN_TEXT",
      "category",
    ]);
  });

  test("has a subject of its type's kind with 1 to 64 characters", () => {
    expect(refusal(track({ subject: { kind: "trip", id: "x" } }))).toEqual(["ROW_INVALID", "subject.kind"]);
    expect(refusal(track({ subject: { kind: "track", id: "" } }))).toEqual(["ROW_INVALID", "subject.id"]);
    expect(refusal(track({ subject: { kind: "track", id: "x".repeat(65) } }))).toEqual(["ROW_INVALID", "subject.id"]);
    expect(refusal(track({ subject: "x" }))).toEqual(["ROW_INVALID", "subject"]);
  });

  test("of any JSON at all is judged without an error, with a known reason and a field of the schema", () => {
    const fields = new Set(Object.values(readingTypes).flatMap((type) => Object.keys(type.shape)));
    const mangled = fc
      .tuple(fc.constantFrom(...Object.values(EXAMPLES)), fc.constantFrom(...fields), fc.jsonValue())
      .map(([example, field, value]) => ({ ...example, [field]: value }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mangled), (value) => {
        const result = parseReading(value);
        if (result.ok) return;
        expect(Object.keys(ERRORS)).toContain(result.reason);
        if (result.field !== null) expect(fields).toContain(result.field.split(".")[0]);
      }),
      { numRuns: 2000 },
    );
  });

  test("that is taken always follows the published type", () => {
    for (const example of Object.values(EXAMPLES)) {
      expect(batch.safeParse({ ...HEADER, readings: [example] }).success).toBe(true);
      expect(batch.safeParse({ ...HEADER, readings: [{ ...example, more: 1 }] }).success).toBe(false);
    }
  });
});

describe("the head of a batch", () => {
  const errors = (json: unknown): unknown => {
    try {
      parseBatchHeader(json);
      return "taken";
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      return [error.code, error.errors.map(({ field }) => field)];
    }
  };

  test("is taken with its readings unjudged", () => {
    const readings = [EXAMPLES.heartbeat, 7, { type: "x" }];
    expect(parseBatchHeader({ ...HEADER, readings })).toMatchObject({ sequence: 1, readings });
  });

  test("that is wrong is answered with every field that is wrong, its rule and its fix, and no value", () => {
    expect(errors({ ...HEADER, sequence: -1, feed: "Secret Feed", time: "now" })).toEqual([
      "BATCH_INVALID",
      ["feed", "sequence", "time"],
    ]);
    try {
      parseBatchHeader({ ...HEADER, feed: "Secret Feed" });
    } catch (error) {
      expect(JSON.stringify((error as HubError).errors)).not.toContain("Secret");
      expect((error as HubError).errors[0]).toEqual({
        field: "feed",
        rule: expect.any(String),
        fix: expect.any(String),
      });
    }
  });

  test("is one object of the schema's version with no other field", () => {
    for (const json of [null, [], 7, "x", {}]) expect(errors(json)).toContain("BATCH_INVALID");
    expect(errors({ ...HEADER, schema: "madang.edge.v2" })).toEqual(["BATCH_INVALID", ["schema"]]);
    expect(errors({ ...HEADER, note: "x" })).toEqual(["BATCH_INVALID", [""]]);
  });

  test("counts with whole numbers up to 2^53 - 1", () => {
    expect(errors({ ...HEADER, sequence: Number.MAX_SAFE_INTEGER })).toBe("taken");
    for (const sequence of [2 ** 53, 1.5, -0, "1", null]) {
      expect(errors({ ...HEADER, sequence })).toEqual(["BATCH_INVALID", ["sequence"]]);
    }
  });

  test("has at most 10 000 readings, and none only beside the end of a backfill's day", () => {
    const many = (length: number) => ({ ...HEADER, readings: Array.from({ length }, () => EXAMPLES.heartbeat) });
    expect(errors(many(MAX_READINGS))).toBe("taken");
    expect(errors(many(MAX_READINGS + 1))).toEqual(["TOO_MANY_ROWS", ["readings"]]);
    expect(errors(many(0))).toEqual(["BATCH_INVALID", ["readings"]]);
    const backfill = { id: "018f0000-0000-4000-8000-000000000001", day: "2014-03-01" };
    expect(errors({ ...many(0), backfill })).toEqual(["BATCH_INVALID", ["readings"]]);
    expect(errors({ ...many(0), backfill: { ...backfill, end: true } })).toBe("taken");
    expect(errors({ ...many(1), backfill: { ...backfill, day: "2014-02-29" } })).toEqual([
      "BATCH_INVALID",
      ["backfill"],
    ]);
  });
});
