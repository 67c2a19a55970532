import { dayBounds, formatInstant, type TimeWindow } from "../../core/time.ts";
import { pointIn, type SampleCity } from "./city.ts";
import type { Outbox } from "./outbox.ts";
import { between, normal, pick, poisson, type Random, subjectId } from "./random.ts";
import { isWeekend, liveliness } from "./rhythm.ts";

/** Tracks on the mean of a weekday, in the whole city. */
const WALKERS_A_DAY = 5_000;
const VEHICLES_A_DAY = 7_500;
const SLICE = 10 * 60_000;

/** Poles that come first in the configuration stand where more is going on. */
const share = (index: number, count: number): number => (1.7 - (1.4 * index) / Math.max(1, count - 1)) / count;

type Slice = { readonly from: number; readonly to: number; readonly hour: number };

function slicesOf(span: TimeWindow, dayStart: number): Slice[] {
  const slices: Slice[] = [];
  for (let from = span.from; from < span.to; from += SLICE) {
    const to = Math.min(from + SLICE, span.to);
    slices.push({ from, to, hour: ((from + to) / 2 - dayStart) / 3_600_000 });
  }
  return slices;
}

const DAY_MS = 86_400_000;

/** People who walk by: each is seen once or twice, and a track ends in `span`. */
export function walkersBetween(city: SampleCity, day: string, span: TimeWindow, random: Random, outbox: Outbox): void {
  const { from: dayStart } = dayBounds(day, city.timeZone);
  for (const { from, to, hour } of slicesOf(span, dayStart)) {
    const rate = (WALKERS_A_DAY * liveliness("people", hour, isWeekend(day)) * (to - from)) / DAY_MS;
    for (const [index, pole] of city.poles.entries()) {
      const places = [...pole.cells, ...pole.segments];
      if (places.length === 0) continue;
      for (let left = poisson(random, rate * share(index, city.poles.length)); left > 0; left--) {
        const subject = { kind: "track", id: subjectId(random) } as const;
        const ends = from + Math.floor(random() * (to - from));
        const begins = Math.max(dayStart, ends - between(random, 20, 240) * 1000);
        const zone = pick(random, places);
        outbox.add(pole.device, "track-people", {
          type: "track",
          subject,
          class: "PERSON",
          behaviour: random() < 0.1 ? "CROSSING" : "MOVE",
          from: formatInstant(begins),
          to: formatInstant(ends),
          ...pointIn(zone, random),
          ...(zone.kind === "SEGMENT" && { zone: zone.slug }),
          speed: between(random, 25, 62),
          confidence: between(random, 60, 99),
          model: city.model,
        });
      }
    }
  }
}

const VEHICLE_CLASSES = ["CAR", "CAR", "CAR", "CAR", "CAR", "CAR", "CAR", "TRUCK", "BUS", "MOTORCYCLE"] as const;

/** The middle avenue carries five times what a side road does. */
const weightOf = (slug: string): number => (slug.startsWith("central") ? 5 : slug.startsWith("city-hall") ? 2 : 1);

/** Speed on an empty road and how much of it rush hour takes, in 0.1 km/h. */
const freeSpeedOf = (slug: string): number =>
  slug.startsWith("central") ? 480 : slug.startsWith("city-hall") ? 420 : 360;
const RUSH_TAKES = 75;
const SPEED_SPREAD = 75;

/** The speed of one vehicle, in 0.1 km/h: slower the livelier the road is, from a crawl to somewhat too fast. */
function speedOf(segment: string, lively: number, random: Random): number {
  const mean = Math.max(140, freeSpeedOf(segment) - RUSH_TAKES * Math.max(0, lively - 0.5));
  return Math.min(850, Math.max(20, Math.round(mean + SPEED_SPREAD * normal(random))));
}

/** Vehicles that pass a road segment; their track ends in `span`. */
export function vehiclesBetween(city: SampleCity, day: string, span: TimeWindow, random: Random, outbox: Outbox): void {
  const { from: dayStart } = dayBounds(day, city.timeZone);
  const roads = city.poles.flatMap((pole) => pole.segments.map((segment) => ({ pole, segment })));
  const whole = roads.reduce((sum, { segment }) => sum + weightOf(segment.slug), 0);
  for (const { from, to, hour } of slicesOf(span, dayStart)) {
    const lively = liveliness("vehicles", hour, isWeekend(day));
    const rate = (VEHICLES_A_DAY * lively * (to - from)) / DAY_MS;
    for (const { pole, segment } of roads) {
      for (let left = poisson(random, (rate * weightOf(segment.slug)) / whole); left > 0; left--) {
        const ends = from + Math.floor(random() * (to - from));
        outbox.add(pole.device, "track-vehicles", {
          type: "track",
          subject: { kind: "vehicle", id: subjectId(random) },
          class: pick(random, VEHICLE_CLASSES),
          behaviour: "MOVE",
          from: formatInstant(Math.max(dayStart, ends - between(random, 8, 45) * 1000)),
          to: formatInstant(ends),
          ...pointIn(segment, random),
          zone: segment.slug,
          speed: speedOf(segment.slug, lively, random),
          confidence: between(random, 70, 99),
          model: city.model,
        });
      }
    }
  }
}
