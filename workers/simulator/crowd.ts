import type { Reading } from "../../core/edge/batch.ts";
import { dayBounds, formatInstant, type TimeWindow } from "../../core/time.ts";
import type { ZoneConfig } from "../../prisma/cities/city.ts";
import { pointIn, type SampleCity } from "./city.ts";
import type { Outbox } from "./outbox.ts";
import { seeded, subjectId } from "./random.ts";
import { isWeekend, liveliness } from "./rhythm.ts";

const MINUTE = 60_000;
const WINDOW = 10 * MINUTE;

/** People in a square on the mean of a weekday, by the order of the squares in the configuration. */
const USUAL = [100, 120, 8, 18, 6, 150, 6, 10, 14, 6];

/** The event night: hour of the day and persons/m². It passes caution (4), alert (5) and serious (6) and falls. */
const EVENT_NIGHT: readonly (readonly [hour: number, density: number])[] = [
  [18, 0.1],
  [19, 0.5],
  [19.5, 1.9],
  [20, 3.4],
  [20.5, 4.4],
  [21, 5.4],
  [21.4, 6.3],
  [21.8, 6.5],
  [22.1, 5.5],
  [22.5, 4.1],
  [22.8, 2.2],
  [23, 1],
  [23.6, 0.1],
];

/** Persons/m² at the event square on the event night; 0 outside it. */
export function eventDensity(hour: number): number {
  for (let at = 1; at < EVENT_NIGHT.length; at++) {
    const [before, after] = [EVENT_NIGHT[at - 1], EVENT_NIGHT[at]];
    if (before !== undefined && after !== undefined && hour >= before[0] && hour < after[0]) {
      return before[1] + ((after[1] - before[1]) * (hour - before[0])) / (after[0] - before[0]);
    }
  }
  return 0;
}

/** How many people are meant to be in a square at a window's start. */
export function crowdTarget(
  city: SampleCity,
  plaza: ZoneConfig,
  usual: number,
  day: string,
  hour: number,
  eventDay: string | null,
): number {
  const wave = 0.9 + 0.2 * seeded(`${day}${plaza.slug}${Math.floor(hour * 2)}`)();
  const people = usual * liveliness("people", hour, isWeekend(day)) * wave;
  const event = day === eventDay && plaza.slug === city.eventPlaza.slug ? eventDensity(hour) * (plaza.areaM2 ?? 0) : 0;
  return Math.round(Math.max(people, event));
}

/** Places in the square: each is taken by one person after another, for 3 to 12 windows. */
const staysOf = (place: number): number => 3 + ((place * 7) % 10);
const shiftOf = (place: number): number => (place * 13) % 12;

/** How long before a window's start whoever takes a place is there, in ms. */
const earlyOf = (place: number): number => (10 + ((place * 29) % 120)) * 1000;
/** How many windows ago the visit began that a place belongs to. */
const sinceOf = (place: number, window: number): number => (window + shiftOf(place)) % staysOf(place);

type Present = (place: number, window: number) => boolean;

/** Whether the track of a window is the last of its stay: nobody sends another one for the same visit right after it. */
function isLast(place: number, window: number, goesOn: boolean, present: Present): boolean {
  if (!goesOn) return true;
  const since = sinceOf(place, window);
  return since % 2 === 0 && !(since + 2 < staysOf(place) && present(place, window + 2));
}

/** When the stay of a window began (epoch ms): as many windows back as the visit lasts without a gap. */
function cameAt(place: number, window: number, dayStart: number, present: Present): number {
  let first = window;
  for (let since = sinceOf(place, window); since > 0 && present(place, first - 1); since--) first -= 1;
  return Math.max(dayStart, dayStart + first * WINDOW - earlyOf(place));
}

/**
 * The people in squares: tracks that end in `span`. Who stands where follows from the day alone, so that history made
 * again is the same, and live ticks continue it. One track covers two window starts where the person stays; the last one
 * of a stay says how long it was.
 * @param day local day; tracks keep to it
 */
export function crowdBetween(
  city: SampleCity,
  day: string,
  span: TimeWindow,
  eventDay: string | null,
  outbox: Outbox,
): void {
  const bounds = dayBounds(day, city.timeZone);
  const windows = Math.round((bounds.to - bounds.from) / WINDOW);
  const first = Math.max(0, Math.floor((span.from - bounds.from) / WINDOW) - 2);
  const last = Math.min(windows - 1, Math.floor((span.to - bounds.from) / WINDOW) + 1);
  const plazas = city.poles.flatMap((pole) => pole.plazas.map((plaza) => ({ pole, plaza })));
  for (const [index, { pole, plaza }] of plazas.entries()) {
    const target = (window: number): number =>
      window < 0 || window >= windows
        ? 0
        : crowdTarget(city, plaza, USUAL[index] ?? 4, day, (window * WINDOW) / 3_600_000, eventDay);
    const known = new Map<number, number>();
    const present = (place: number, window: number): boolean => {
      let people = known.get(window);
      if (people === undefined) {
        people = target(window);
        known.set(window, people);
      }
      return place < people;
    };
    for (let window = first; window <= last; window++) {
      const [before, here, after] = [target(window - 1), target(window), target(window + 1)];
      const start = bounds.from + window * WINDOW;
      for (let place = 0; place < here; place++) {
        const stays = staysOf(place);
        const since = sinceOf(place, window);
        if (since % 2 === 1 && place < before) continue;
        const goesOn = since + 1 < stays && place < after;
        const ends = Math.min(start + (goesOn ? WINDOW : 0) + (10 + ((place * 17) % 120)) * 1000, bounds.to);
        if (ends < span.from || ends >= span.to) continue;
        const visit = Math.floor((window + shiftOf(place)) / stays);
        const random = seeded(`${day}/${plaza.slug}/${place}/${visit}`);
        outbox.add(pole.device, "track-people", {
          type: "track",
          subject: { kind: "track", id: subjectId(random) },
          class: "PERSON",
          behaviour: "STOP",
          from: formatInstant(Math.max(bounds.from, start - earlyOf(place))),
          to: formatInstant(ends),
          ...pointIn(plaza, random),
          zone: plaza.slug,
          ...(isLast(place, window, goesOn, present) && {
            dwell: Math.round((ends - cameAt(place, window, bounds.from, present)) / 1000),
          }),
          confidence: 70 + (place % 30),
          model: city.model,
        } satisfies Reading);
      }
    }
  }
}
