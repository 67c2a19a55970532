import { dayBounds, type TimeWindow } from "../../core/time.ts";
import { availabilityAt, BIKE_DEVICE, tripsBetween } from "./bikes.ts";
import type { SampleCity } from "./city.ts";
import { crowdBetween } from "./crowd.ts";
import { vehiclesBetween, walkersBetween } from "./flow.ts";
import { heartbeats } from "./heartbeat.ts";
import { casesBetween, DESK_DEVICE, eventsBetween, type OpenEvent, worksOn } from "./incidents.ts";
import type { Outbox } from "./outbox.ts";
import type { Random } from "./random.ts";
import { reportsBetween } from "./reports.ts";

/** What happens to the units of a population in a span of one day, put into the outbox. */
export type Part = {
  readonly city: SampleCity;
  readonly day: string;
  /** within the day */
  readonly span: TimeWindow;
  /** Minutes between two heartbeats; the fewest that no window of a plan is without one. */
  readonly beats: { people: number; vehicles: number; others: number };
  readonly availabilityMinutes: number;
  readonly eventDay: string | null;
  /** first day of the history: construction sites begin after it; null in live ticks */
  readonly firstDay: string | null;
  readonly random: Random;
  readonly outbox: Outbox;
};

/** Makes a part of a day of one population; answers the events that do not end in it. */
export type Play = (part: Part) => OpenEvent[];

function people({ city, day, span, eventDay, beats, random, outbox }: Part): OpenEvent[] {
  for (const { device } of city.poles) heartbeats(device, "track-people", span, beats.people, outbox);
  // A track that ends with the day belongs to it.
  const last = span.to === dayBounds(day, city.timeZone).to ? 1 : 0;
  crowdBetween(city, day, { from: span.from, to: span.to + last }, eventDay, outbox);
  walkersBetween(city, day, span, random, outbox);
  return [];
}

function vehicles({ city, day, span, beats, random, outbox }: Part): OpenEvent[] {
  for (const { device } of city.poles) heartbeats(device, "track-vehicles", span, beats.vehicles, outbox);
  vehiclesBetween(city, day, span, random, outbox);
  return [];
}

function bikes({ city, day, span, beats, availabilityMinutes, random, outbox }: Part): OpenEvent[] {
  heartbeats(BIKE_DEVICE, "trip", span, beats.others, outbox);
  heartbeats(BIKE_DEVICE, "availability", span, beats.others, outbox);
  tripsBetween(city, day, span, random, outbox);
  const period = availabilityMinutes * 60_000;
  for (let at = Math.ceil(span.from / period) * period; at < span.to; at += period) availabilityAt(city, at, outbox);
  return [];
}

function incidents({ city, day, span, beats, firstDay, random, outbox }: Part): OpenEvent[] {
  heartbeats(DESK_DEVICE, "incident", span, beats.others, outbox);
  heartbeats(DESK_DEVICE, "event", span, beats.others, outbox);
  heartbeats(DESK_DEVICE, "report", span, beats.others, outbox);
  for (const { device } of city.sites) heartbeats(device, "event", span, beats.others, outbox);
  if (firstDay !== null) worksOn(city, day, firstDay, outbox);
  casesBetween(city, day, span, random, outbox);
  reportsBetween(city, day, span, outbox);
  return eventsBetween(city, day, span, span.to, random, outbox);
}

/** The populations of the sample city, and what is played for each. */
export const PLAYS: Readonly<Record<string, Play>> = {
  "sangmu-people": people,
  "sangmu-vehicles": vehicles,
  "sangmu-bike-trips": bikes,
  "sangmu-person-incidents": incidents,
};
