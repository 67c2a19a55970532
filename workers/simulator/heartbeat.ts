import { formatInstant, type TimeWindow } from "../../core/time.ts";
import type { Outbox, Topic } from "./outbox.ts";

const MINUTE = 60_000;

/** Seconds after the whole period at which a feed beats: two feeds of one device never beat at one instant. */
const AFTER: Record<Topic, number> = {
  "track-people": 5,
  "track-vehicles": 7,
  trip: 5,
  availability: 8,
  event: 6,
  incident: 4,
  report: 9,
};

/** A device says on a feed that it watches, every `everyMinutes`. */
export function heartbeats(device: string, topic: Topic, span: TimeWindow, everyMinutes: number, outbox: Outbox): void {
  const period = everyMinutes * MINUTE;
  const after = AFTER[topic] * 1000;
  for (let at = Math.ceil((span.from - after) / period) * period + after; at < span.to; at += period) {
    outbox.add(device, topic, { type: "heartbeat", at: formatInstant(at) });
  }
}
