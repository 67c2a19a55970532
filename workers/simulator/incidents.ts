import type { Reading } from "../../core/edge/batch.ts";
import { addDays, dayBounds, formatInstant, type TimeWindow } from "../../core/time.ts";
import { pointIn, type SampleCity } from "./city.ts";
import type { Outbox } from "./outbox.ts";
import { between, pick, poisson, type Random, subjectId } from "./random.ts";
import { isWeekend, liveliness } from "./rhythm.ts";

export const DESK_DEVICE = "sangmu-incident-desk";
const CASES_A_DAY = 30;
const EVENTS_A_DAY = 7;
const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;

const CASES = [
  ...Array<string>(9).fill("MEDICAL"),
  ...Array<string>(5).fill("PERSON_DOWN"),
  ...Array<string>(3).fill("ASSAULT"),
  "MISSING_PERSON",
] as const;

/** What happens to persons: sent to be counted, never shown. */
export function casesBetween(city: SampleCity, day: string, span: TimeWindow, random: Random, outbox: Outbox): void {
  const { from: dayStart } = dayBounds(day, city.timeZone);
  for (let from = span.from; from < span.to; from += HOUR) {
    const to = Math.min(from + HOUR, span.to);
    const hour = ((from + to) / 2 - dayStart) / HOUR;
    const rate = (CASES_A_DAY * liveliness("incidents", hour, isWeekend(day)) * (to - from)) / DAY_MS;
    for (let left = poisson(random, rate); left > 0; left--) {
      outbox.add(DESK_DEVICE, "incident", {
        type: "incident",
        subject: { kind: "incident", id: subjectId(random) },
        category: pick(random, CASES),
        at: formatInstant(from + Math.floor(random() * (to - from))),
        zone: pick(random, city.areas).slug,
      });
    }
  }
}

type EventReading = Extract<Reading, { type: "event" }>;

/** An event that is still going on: it is sent again with its end once `until` has come. */
export type OpenEvent = { readonly reading: EventReading; readonly until: number };

const KINDS = [
  { category: "POTHOLE", severity: "MINOR", urgency: "EXPECTED", hours: [2, 5] },
  { category: "FALLEN_OBJECT", severity: "MODERATE", urgency: "IMMEDIATE", hours: [1, 2] },
  { category: "WATER_LEAK", severity: "MODERATE", urgency: "EXPECTED", hours: [2, 5] },
  { category: "STREET_LIGHT", severity: "MINOR", urgency: "FUTURE", hours: [2, 5] },
  { category: "ROAD_CLOSURE", severity: "SEVERE", urgency: "IMMEDIATE", hours: [1, 3] },
] as const;

/** Keys name a thing by day and order: letters only, so that none looks like a number of something else. */
const letters = (value: number): string =>
  [...value.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join("");

/** An event on a road that begins at `from`; it lasts one to five hours. */
function roadEvent(city: SampleCity, from: number, random: Random): OpenEvent {
  const kind = pick(random, KINDS);
  const zone = pick(random, city.segments);
  const until = from + between(random, kind.hours[0] * 60, kind.hours[1] * 60) * 60_000;
  return {
    until,
    reading: {
      type: "event",
      key: `${kind.category.toLowerCase().replaceAll("_", "-")}-${letters(Math.floor(from / 1000))}`,
      revision: 1,
      category: kind.category,
      severity: kind.severity,
      urgency: kind.urgency,
      certainty: "OBSERVED",
      from: formatInstant(from),
      to: null,
      zone: zone.slug,
      ...pointIn(zone, random),
    },
  };
}

/**
 * What happens to things on the roads in `span`. What has ended by `now` is sent with its end; the rest is answered, to
 * be ended later.
 */
export function eventsBetween(
  city: SampleCity,
  day: string,
  span: TimeWindow,
  now: number,
  random: Random,
  outbox: Outbox,
): OpenEvent[] {
  const { from: dayStart } = dayBounds(day, city.timeZone);
  const open: OpenEvent[] = [];
  for (let from = span.from; from < span.to; from += HOUR) {
    const to = Math.min(from + HOUR, span.to);
    const lively = liveliness("incidents", ((from + to) / 2 - dayStart) / HOUR, isWeekend(day));
    for (let left = poisson(random, (EVENTS_A_DAY * lively * (to - from)) / DAY_MS); left > 0; left--) {
      const event = roadEvent(city, from + Math.floor(random() * (to - from)), random);
      if (event.until > now) {
        open.push(event);
        outbox.add(DESK_DEVICE, "event", event.reading);
      } else outbox.add(DESK_DEVICE, "event", { ...event.reading, to: formatInstant(event.until) });
    }
  }
  return open;
}

/** The end of an event, as its next revision. */
export const ended = ({ reading, until }: OpenEvent): EventReading => ({
  ...reading,
  revision: reading.revision + 1,
  urgency: "PAST",
  to: formatInstant(until),
});

/** A construction site announces its works on the day they begin, with the day they are to end. */
export function worksOn(city: SampleCity, day: string, firstDay: string, outbox: Outbox): void {
  for (const [index, { device, zone }] of city.sites.entries()) {
    const begins = addDays(firstDay, 1 + 4 * index);
    if (begins !== day) continue;
    const opens = dayBounds(begins, city.timeZone).from + 8 * HOUR;
    outbox.add(device, "event", {
      type: "event",
      key: `works-${zone.slug}`,
      revision: 1,
      category: "ROAD_WORKS",
      severity: "MODERATE",
      urgency: "EXPECTED",
      certainty: "OBSERVED",
      from: formatInstant(opens),
      to: formatInstant(dayBounds(addDays(begins, 21 + 14 * index), city.timeZone).from + 18 * HOUR),
      zone: zone.slug,
      longitude: zone.centre[0],
      latitude: zone.centre[1],
    });
  }
}
