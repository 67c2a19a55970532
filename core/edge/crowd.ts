import { z } from "zod";
import { instant, integer, latitude, longitude, model, period, slug, subject, WINDOW_COUNT_MAX } from "./fields.ts";

export const OBJECT_CLASSES = ["PERSON", "CAR", "BUS", "TRUCK", "MOTORCYCLE", "BICYCLE", "PERSONAL_MOBILITY"] as const;

const BEHAVIOURS = ["MOVE", "STOP", "FALL", "COLLAPSE", "CROSSING"] as const;
const QUARTER_HOUR = 15 * 60_000;
const DAY = 25 * 3_600_000;

/** A piece of the way of one person or vehicle, as a pole tracked it; a subject that stays is sent again and again. */
export const track = z
  .strictObject({
    type: z.literal("track"),
    subject: subject("track", "vehicle"),
    class: z.enum(OBJECT_CLASSES),
    behaviour: z.enum(BEHAVIOURS),
    from: instant,
    to: instant.describe("at most 15 minutes after from"),
    longitude,
    latitude,
    zone: slug.optional().describe("the segment or plaza that the pole assigns"),
    speed: integer(0, 5000).optional().describe("0.1 km/h"),
    dwell: integer(0, 86_400)
      .optional()
      .describe("seconds that the subject stayed in `zone`: with the last piece of a stay alone, never without `zone`"),
    confidence: integer(0, 100),
    model,
  })
  .check(period(QUARTER_HOUR))
  .check(({ value, issues }) => {
    if (value.dwell === undefined || value.zone !== undefined) return;
    issues.push({ code: "custom", input: value.dwell, path: ["zone"] });
  });

/** What a counter counted in one window: no subject. */
export const count = z
  .strictObject({
    type: z.literal("count"),
    sensor: slug.describe("the sensor's zone"),
    from: instant,
    to: instant,
    class: z.enum(OBJECT_CLASSES),
    value: integer(0, WINDOW_COUNT_MAX),
  })
  .check(period(DAY));
