import { z } from "zod";
import { COUNT_MAX, instant, integer, label, latitude, longitude, period, slug, subject } from "./fields.ts";
import { namesHarm } from "./harm.ts";

/**
 * Categories of things that may be published one by one (rule P14). A collision is not among them: it needs another place,
 * a day's delay and five sources, so it is a `report`.
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

/**
 * Sensitive things (rule P14): shown at a public point, by blocks of three hours, a day later, and only where five verified
 * sources tell of two kinds. None has a word on injury.
 */
export const REPORT_CATEGORIES = ["TRAFFIC_ACCIDENT", "DUMPING", "NOISE"] as const;

export const SEVERITIES = ["UNKNOWN", "MINOR", "MODERATE", "SEVERE", "EXTREME"] as const;
export const URGENCIES = ["UNKNOWN", "PAST", "FUTURE", "EXPECTED", "IMMEDIATE"] as const;
export const CERTAINTIES = ["UNKNOWN", "UNLIKELY", "POSSIBLE", "LIKELY", "OBSERVED"] as const;
export const CAUSES = ["ENVIRONMENT", "HUMAN", "TECHNICAL"] as const;

/** Who saw it, by the kind of its `subject`. A GUEST is an account whose holder nobody has verified. */
const SOURCES = { device: ["DEVICE", "AGENCY"], account: ["ACCOUNT", "GUEST"] } as const;

/** Longest note, in UTF-16 code units. */
export const NOTE_MAX = 500;

/** A name that a device makes up and that is published with its event: it too says nothing of harm. */
const publicKey = slug.refine((text) => !namesHarm(text));

/** Person-related, or a crash with a word on injury: only ever counted (rule P14). */
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
    key: publicKey,
    revision: integer(1, COUNT_MAX),
    category: z.enum(EVENT_CATEGORIES),
    severity: z.enum(SEVERITIES),
    urgency: z.enum(URGENCIES),
    certainty: z.enum(CERTAINTIES),
    from: instant,
    to: instant.nullish(),
    zone: slug,
    longitude,
    latitude,
  })
  .check(period(Number.MAX_SAFE_INTEGER, 1));

/** A sensitive thing as one source tells it. A later revision of the source's own key replaces the earlier one. */
export const report = z
  .strictObject({
    type: z.literal("report"),
    subject: subject("device", "account").describe("who reports: the signing device itself, or an account"),
    source: z
      .enum([...SOURCES.device, ...SOURCES.account])
      .describe("DEVICE, AGENCY of a device; ACCOUNT, GUEST of an account"),
    key: slug,
    revision: integer(1, COUNT_MAX),
    category: z.enum(REPORT_CATEGORIES),
    severity: z.enum(SEVERITIES),
    urgency: z.enum(URGENCIES),
    certainty: z.enum(CERTAINTIES),
    cause: z.enum(CAUSES).nullish(),
    at: instant,
    longitude,
    latitude,
    note: z
      .string()
      .min(1)
      .max(NOTE_MAX)
      .regex(/^(?:[\n\t]|[^\p{Cc}\p{Cs}])*$/u)
      .optional()
      .describe("for the internal view alone, after redaction"),
  })
  .check(({ value, issues }) => {
    if ((SOURCES[value.subject.kind] as readonly string[]).includes(value.source)) return;
    issues.push({ code: "custom", input: value.source, path: ["source"] });
  });
