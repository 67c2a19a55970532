import type { Reading } from "../../../core/edge/batch.ts";
import { dayBounds } from "../../../core/time.ts";
import { type SampleCity, sampleCity } from "../../../workers/simulator/city.ts";
import { PLAYS } from "../../../workers/simulator/day.ts";
import { createOutbox } from "../../../workers/simulator/outbox.ts";
import { between, pick, type Random, seeded, subjectId } from "../../../workers/simulator/random.ts";

/** A Wednesday. */
export const DAY = "2026-11-18";
export const FEED = "sangmu-vehicles";

type Track = Extract<Reading, { type: "track" }>;

/** All that the simulator sends of the vehicles of a day. */
function passagesOf(city: SampleCity, random: Random): Track[] {
  const outbox = createOutbox();
  PLAYS["sangmu-vehicles"]?.({
    city,
    day: DAY,
    span: dayBounds(DAY, city.timeZone),
    beats: { people: 10, vehicles: 15, others: 30 },
    availabilityMinutes: 30,
    eventDay: null,
    firstDay: null,
    random,
    outbox,
  });
  return outbox
    .take()
    .flatMap(({ readings }) => readings)
    .filter((reading): reading is Track => reading.type === "track")
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

/** How many passages one vehicle is seen in, about. */
const PASSAGES = 9;
/** A vehicle that was seen no longer ago than this drives on with this chance. */
const DRIVES_ON = 0.7;
const TRIP_MS = 15 * 60_000;

/**
 * A day of vehicles that are known again: the simulator's poles read no plate and name every passage anew, here the same
 * passages are made by one vehicle for each nine of them, which drives, parks and drives again. This is the worst that a
 * sensor may send, and what the unit "vehicle-day" is meant for.
 */
export function vehicleDay(seed: string): { city: SampleCity; readings: Track[] } {
  const random = seeded(seed);
  const city = sampleCity("sangmu");
  const passages = passagesOf(city, random);
  const all = Array.from({ length: Math.ceil(passages.length / PASSAGES) }, () => subjectId(random));
  let driving: { id: string; seen: number }[] = [];
  const readings = passages.map((passage): Track => {
    const now = Date.parse(passage.from);
    driving = driving.filter(({ seen }) => now - seen < TRIP_MS);
    let vehicle = driving.length > 0 && random() < DRIVES_ON ? pick(random, driving) : undefined;
    if (vehicle === undefined) {
      vehicle = { id: all[between(random, 0, all.length - 1)] ?? "", seen: now };
      driving.push(vehicle);
    }
    vehicle.seen = now;
    return { ...passage, subject: { kind: "vehicle", id: vehicle.id } };
  });
  return { city, readings };
}
