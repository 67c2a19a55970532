import { z } from "zod";
import { COUNT_MAX, instant, integer, label, latitude, longitude, period, slug, subject } from "./fields.ts";

/**
 * Categories of things that may be published one by one (rule P14). A collision is not among them: it would need another
 * place, a day's delay and five sources, so it is an `incident` and only counted.
 */
export const EVENT_CATEGORIES = [
  "ROAD_WORKS",
  "POTHOLE",
  "FALLEN_OBJECT",
  "WATER_LEAK",
  "STREET_LIGHT",
  "WEATHER_WARNING",
  "ROAD_CLOSURE",
] as const;

/** Person-related or a crash: only ever counted (rule P14). */
export const incident = z.strictObject({
  type: z.literal("incident"),
  subject: subject("incident"),
  category: label.describe("FATAL_CRASH, ASSAULT, MEDICAL, PERSON_DOWN, MISSING_PERSON, or a kind's label"),
  at: instant,
  zone: slug.describe("the area"),
});

/** Something that happens to a thing or a place. A later revision of the same key replaces the earlier one. */
export const event = z
  .strictObject({
    type: z.literal("event"),
    key: slug,
    revision: integer(1, COUNT_MAX),
    category: z.enum(EVENT_CATEGORIES),
    severity: z.enum(["UNKNOWN", "MINOR", "MODERATE", "SEVERE", "EXTREME"]),
    urgency: z.enum(["UNKNOWN", "PAST", "FUTURE", "EXPECTED", "IMMEDIATE"]),
    certainty: z.enum(["UNKNOWN", "UNLIKELY", "POSSIBLE", "LIKELY", "OBSERVED"]),
    from: instant,
    to: instant.nullish(),
    zone: slug,
    longitude,
    latitude,
  })
  .check(period(Number.MAX_SAFE_INTEGER, 1));
