import type { Reading } from "../../../core/edge/batch.ts";
import { dayBounds, formatInstant } from "../../../core/time.ts";
import { type SampleCity, sampleCity } from "../../../workers/simulator/city.ts";
import { PLAYS } from "../../../workers/simulator/day.ts";
import { createOutbox } from "../../../workers/simulator/outbox.ts";
import { between, pick, type Random, seeded } from "../../../workers/simulator/random.ts";

/** A Wednesday. */
export const DAY = "2026-11-18";
const FEEDS = ["sangmu-people", "sangmu-vehicles", "sangmu-bike-trips", "sangmu-person-incidents"] as const;
const PART_MS = 300_000;

type Sent = { readonly device: string; readonly reading: Reading };

/** What came in on a day of one population, by device: with the target's readings, and the same without them. */
export type Neighbours = {
  readonly feed: string;
  readonly having: readonly Sent[];
  readonly without: readonly Sent[];
  /** whether the day is a backfill with its end-of-day marker, or live */
  readonly isBackfill: boolean;
};

/** Everything the simulator sends about the units of a day, feed by feed. */
function pools(city: SampleCity): ReadonlyMap<string, readonly Sent[]> {
  return new Map(
    FEEDS.map((feed) => {
      const outbox = createOutbox();
      PLAYS[feed]?.({
        city,
        day: DAY,
        span: dayBounds(DAY, city.timeZone),
        beats: { people: 10, vehicles: 15, others: 30 },
        availabilityMinutes: 1_440,
        eventDay: DAY,
        firstDay: null,
        random: seeded(`neighbours ${feed}`),
        outbox,
      });
      const sent = outbox
        .take()
        .filter((parcel) => parcel.feed === feed)
        .flatMap(({ device, readings }) => readings.map((reading) => ({ device, reading })));
      return [feed, sent.filter(({ reading }) => "subject" in reading)];
    }),
  );
}

/** Heartbeats of a device: on some stretches of the day it is heard, on others it is not. */
function beatsOf(device: string, from: number, to: number, random: Random): Sent[] {
  const beats: Sent[] = [];
  let isHeard = random() < 0.7;
  for (let at = from; at < to; at += PART_MS) {
    if (random() < 0.05) isHeard = !isHeard;
    if (isHeard) beats.push({ device, reading: { type: "heartbeat", at: formatInstant(at + 5_000) } });
  }
  return beats;
}

/**
 * Days that differ by one unit, without end: few units, so that the target is often the only one in a cell or one of three, and
 * devices that fall silent. The target is one of the day's units, or one that is in up to forty places.
 */
export function* neighbours(seed: string): Generator<Neighbours> {
  const random = seeded(seed);
  const city = sampleCity("sangmu");
  const all = pools(city);
  const { from, to } = dayBounds(DAY, city.timeZone);
  for (;;) {
    const feed = pick(random, FEEDS);
    const pool = all.get(feed) ?? [];
    const base = Array.from({ length: between(random, 0, 120) }, () => pick(random, pool));
    const named = pick(random, pool).reading;
    const subject = "subject" in named ? named.subject : undefined;
    if (subject === undefined) continue;
    const others = base.filter(({ reading }) => !("subject" in reading && reading.subject.id === subject.id));
    const target = Array.from({ length: between(random, 1, 40) }, () => pick(random, pool)).map(
      ({ device, reading }): Sent => ({ device, reading: { ...reading, subject } as Reading }),
    );
    const devices = city.config.devices.filter((device) => device.feeds.includes(feed)).map(({ id }) => id);
    const beats = devices.flatMap((device) => beatsOf(device, from, to, random));
    yield {
      feed,
      without: [...beats, ...others],
      having: [...beats, ...others, ...target],
      isBackfill: random() < 0.5,
    };
  }
}
