import { addDays, dayBounds } from "../../core/time.ts";
import { type Backfill, historyOf } from "../../prisma/cities/history.ts";
import type { SampleCity } from "./city.ts";
import { PLAYS } from "./day.ts";
import type { OpenEvent } from "./incidents.ts";
import { createOutbox, type Parcel, parts } from "./outbox.ts";
import { seeded } from "./random.ts";
import { isWeekend } from "./rhythm.ts";
import type { Send } from "./send.ts";

const DAY_MS = 86_400_000;
/** Readings of a batch; about 1 MB. */
const BATCH = 4_000;
/** How long ago a hub may have been seeded that has not got its history yet, in days. */
const SEEDED_AT_MOST = 14;

/** The Saturday of the event night: the last one before today. */
export function eventDayOf(lastDay: string): string {
  let day = addDays(lastDay, -1);
  while (!isWeekend(day) || isWeekend(addDays(day, -1))) day = addDays(day, -1);
  return day;
}

/** Days from `first` to `last`, both included. */
function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** A batch of history has the same number and time whenever it is made: repeating it changes nothing. */
const sequenceOf = (day: string, feedIndex: number, part: number): number =>
  ((Date.parse(day) / DAY_MS) * 100 + feedIndex) * 1000 + part;

/**
 * Finds the backfill that this hub declared when it was seeded: up to today, or to the day it was seeded.
 * @returns null when it has declared none
 */
export async function findHistory(city: SampleCity, now: number, send: Send): Promise<Backfill[] | null> {
  const [pole] = city.poles;
  if (pole === undefined) return null;
  for (let ago = 0; ago <= SEEDED_AT_MOST; ago++) {
    const backfills = historyOf(city.config, now - ago * DAY_MS);
    const [first] = backfills;
    if (first === undefined) return null;
    const at = dayBounds(first.firstDay, city.timeZone).from + 1000;
    const parcel: Parcel = {
      device: pole.device,
      feed: "sangmu-people",
      readings: [{ type: "heartbeat", at: new Date(at).toISOString() }],
    };
    const sequence = sequenceOf(first.firstDay, 99, 0);
    const { code } = await send(parcel, { sequence, time: at, backfill: { id: first.id, day: first.firstDay } });
    if (code !== "BACKFILL_UNKNOWN") return backfills;
  }
  return null;
}

/**
 * Sends the history of one population: its days in order, each with its end marker.
 * @param now instant up to which today is sent
 * @param after last day that was ended before, or null
 * @param onDay after each acknowledged end marker, with the events that still go on
 */
export async function sendHistory(
  city: SampleCity,
  backfill: Backfill,
  now: number,
  after: string | null,
  send: Send,
  onDay: (day: string, open: OpenEvent[]) => void,
): Promise<void> {
  const play = PLAYS[backfill.population];
  if (play === undefined) throw new Error(`nothing is played for the population ${backfill.population}`);
  const feeds = city.config.feeds.map((feed) => feed.id);
  const eventDay = eventDayOf(backfill.lastDay);
  for (const day of daysFrom(backfill.firstDay, backfill.lastDay)) {
    if (after !== null && day <= after) continue;
    const bounds = dayBounds(day, city.timeZone);
    const span = { from: bounds.from, to: Math.min(bounds.to, now) };
    const outbox = createOutbox();
    const open = play({
      city,
      day,
      span,
      beats: { people: 10, vehicles: 15, others: 30 },
      availabilityMinutes: 30,
      eventDay,
      firstDay: backfill.firstDay,
      random: seeded(`${day}/${backfill.population}`),
      outbox,
    });
    const parcels = outbox.take();
    const head = (feed: string, part: number, end: boolean) => ({
      sequence: sequenceOf(day, feeds.indexOf(feed), part),
      time: span.to,
      backfill: { id: backfill.id, day, ...(end && { end }) },
    });
    await Promise.all(
      parcels.map(async ({ device, feed, readings }) => {
        for (const [part, some] of parts(readings, BATCH).entries()) {
          await send({ device, feed, readings: some }, head(feed, part, false));
        }
      }),
    );
    const [first] = parcels;
    if (first !== undefined) await send({ ...first, readings: [] }, head(first.feed, 999, true));
    onDay(day, open);
  }
}
