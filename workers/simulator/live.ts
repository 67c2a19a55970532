import { setTimeout as sleep } from "node:timers/promises";
import { dayBounds, localDay } from "../../core/time.ts";
import type { SampleCity } from "./city.ts";
import { PLAYS } from "./day.ts";
import { DESK_DEVICE, ended, type OpenEvent } from "./incidents.ts";
import { createOutbox, FEEDS, type Parcel } from "./outbox.ts";
import type { Send } from "./send.ts";

const TICK_MS = 10_000;
/** Readings that could not be sent for so long are dropped: the hub would refuse them as too old. */
const GIVE_UP_MS = 5.5 * 3_600_000;

export type LiveOptions = {
  city: SampleCity;
  /** instant up to which everything is sent already */
  since: number;
  open: OpenEvent[];
  send: Send;
  signal: AbortSignal;
  /** called when events began or ended */
  onOpen: (open: readonly OpenEvent[]) => void;
};

/**
 * Plays the city as time goes by: every ten seconds each device sends what it has seen since. A device keeps the order
 * of its batches and its batches through an outage of the hub.
 */
export async function playLive({ city, since, open, send, signal, onOpen }: LiveOptions): Promise<void> {
  const queues = new Map<string, Promise<unknown>>();
  const sequences = new Map<string, number>();
  const post = (parcel: Parcel, time: number): void => {
    const sequence = Math.max((sequences.get(parcel.device) ?? 0) + 1, Date.now());
    sequences.set(parcel.device, sequence);
    const before = queues.get(parcel.device) ?? Promise.resolve();
    const next = before.then(async () => {
      if (Date.now() - time < GIVE_UP_MS) await send(parcel, { sequence, time });
    });
    queues.set(
      parcel.device,
      next.catch(() => undefined),
    );
  };

  let going = open;
  for (let from = since; !signal.aborted; ) {
    const now = Date.now();
    const outbox = createOutbox();
    const before = going.length;
    while (from < now) {
      const day = localDay(from, city.timeZone);
      const span = { from, to: Math.min(now, dayBounds(day, city.timeZone).to) };
      for (const play of Object.values(PLAYS)) {
        const begun = play({
          city,
          day,
          span,
          beats: { people: 1, vehicles: 1, others: 1 },
          availabilityMinutes: 1,
          eventDay: null,
          firstDay: null,
          random: Math.random,
          outbox,
        });
        going = [...going, ...begun];
      }
      from = span.to;
    }
    const over = going.filter((event) => event.until <= now);
    going = going.filter((event) => event.until > now);
    for (const event of over) outbox.add(DESK_DEVICE, "event", ended(event));
    if (over.length > 0 || going.length !== before) onOpen(going);
    for (const parcel of outbox.take()) post(parcel, now);
    await sleep(TICK_MS - (Date.now() % TICK_MS), undefined, { signal }).catch(() => undefined);
  }
}

/** Feeds that the simulator writes to; a configuration without one of them is not its city. */
export const missingFeeds = (city: SampleCity): string[] =>
  Object.values(FEEDS).filter((feed) => !city.config.feeds.some((one) => one.id === feed));
