import { dayBounds, formatInstant, type TimeWindow } from "../../core/time.ts";
import type { SampleCity } from "./city.ts";
import type { Outbox } from "./outbox.ts";
import { between, pick, poisson, type Random, seeded, subjectId } from "./random.ts";
import { isWeekend, liveliness } from "./rhythm.ts";

export const BIKE_DEVICE = "sangmu-bike-desk";
const TRIPS_A_DAY = 1_000;
const SLICE = 10 * 60_000;
const DAY_MS = 86_400_000;

/** Trips that end in `span`. In the morning they lead to the offices, in the evening back: as the stations' order says. */
export function tripsBetween(city: SampleCity, day: string, span: TimeWindow, random: Random, outbox: Outbox): void {
  const { from: dayStart } = dayBounds(day, city.timeZone);
  for (let from = span.from; from < span.to; from += SLICE) {
    const to = Math.min(from + SLICE, span.to);
    const hour = ((from + to) / 2 - dayStart) / 3_600_000;
    const rate = (TRIPS_A_DAY * liveliness("bikes", hour, isWeekend(day)) * (to - from)) / DAY_MS;
    for (let left = poisson(random, rate); left > 0; left--) {
      const popular = Math.floor(city.stations.length * random() ** 1.6);
      const origin = city.stations[popular] ?? pick(random, city.stations);
      const destination = pick(random, city.stations);
      const ends = from + Math.floor(random() * (to - from));
      outbox.add(BIKE_DEVICE, "trip", {
        type: "trip",
        subject: { kind: "trip", id: subjectId(random) },
        vehicle: random() < 0.85 ? "BICYCLE" : "PERSONAL_MOBILITY",
        from: formatInstant(Math.max(dayStart, ends - between(random, 240, 2400) * 1000)),
        to: formatInstant(ends),
        origin: origin.slug,
        destination: destination.slug,
      });
    }
  }
}

/** Bikes and docks of every station at an instant: they empty and fill with the day. */
export function availabilityAt(city: SampleCity, at: number, outbox: Outbox): void {
  const minute = Math.floor(at / 60_000);
  for (const [index, station] of city.stations.entries()) {
    const capacity = 12 + ((index * 5) % 13);
    const phase = (2 * Math.PI * ((minute % 1440) + index * 131)) / 1440;
    const swing = 0.5 + 0.38 * Math.sin(phase) + 0.12 * (seeded(`${station.slug}${Math.floor(minute / 7)}`)() - 0.5);
    const vehicles = Math.min(capacity, Math.max(0, Math.round(capacity * swing)));
    outbox.add(BIKE_DEVICE, "availability", {
      type: "availability",
      station: station.slug,
      at: formatInstant(at),
      vehicles,
      docks: capacity - vehicles,
    });
  }
}
