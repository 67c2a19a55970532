import { z } from "zod";
import { COUNT_MAX, instant, integer, period, slug, subject } from "./fields.ts";

const YEAR = 366 * 86_400_000;

/** One ride of a shared vehicle between two stations. It belongs to the day it starts on. */
export const trip = z
  .strictObject({
    type: z.literal("trip"),
    subject: subject("trip"),
    vehicle: z.enum(["BICYCLE", "PERSONAL_MOBILITY"]),
    from: instant,
    to: instant,
    origin: slug,
    destination: slug,
  })
  .check(period(YEAR));

/** Vehicles and docks of a station at an instant: a fact about things. */
export const availability = z.strictObject({
  type: z.literal("availability"),
  station: slug,
  at: instant,
  vehicles: integer(0, COUNT_MAX),
  docks: integer(0, COUNT_MAX),
});
