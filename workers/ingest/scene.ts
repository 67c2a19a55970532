import type { ParsedReading } from "../../core/edge/batch.ts";
import type { RowReason } from "../../core/errors.ts";
import { inBox } from "../../core/geo/contains.ts";
import { acceptTime } from "../../core/privacy/closing.ts";

import { stratumOf } from "../../core/privacy/daypart.ts";
import { localDay, localHour, type Step, windowOf } from "../../core/time.ts";
import type { Catalogue, Feed, Plan } from "./catalogue.ts";

import type { Report } from "./rows.ts";

/** What the readings of one batch are judged by. "Now" is when the batch was received, however late it is worked on. */
export type Scene = {
  readonly catalogue: Catalogue;
  readonly feed: Feed;
  /** the registered device that signed */
  readonly device: string;
  /** epoch ms */
  readonly receivedAt: number;
  /** the day of a backfill's events; null for live batches */
  readonly backfillDay: string | null;
};

export type Fault = { readonly reason: RowReason; readonly field: string | null };

export type Subject = Extract<ParsedReading, { subject: unknown }>["subject"];

/** Where the domains put what they make of a reading. */
export type Sink = {
  /** A unit touches a cell of a plan in a window of a day. */
  contribution(plan: number, day: string, windowStart: number, cell: number, stratum: number, subject: Subject): void;
  /** A pre-aggregated count. */
  counter(plan: number, day: string, windowStart: number, cell: number, value: number): void;
  heartbeat(at: number): void;
  /** A fact about a thing; `key` makes its id, so that a repetition is one fact. */
  fact(kind: "EVENT" | "AVAILABILITY", key: string, fact: Record<string, unknown>): void;
  /** What a source tells of a sensitive thing. */
  report(report: Omit<Report, "reading">): void;
};

/** Turns a reading of its type into what it means, or says why it is refused. */
export type Handler<R> = (reading: R, scene: Scene, sink: Sink) => Fault | null;

export const fault = (reason: RowReason, field: string | null): Fault => ({ reason, field });

/**
 * Judges the time of an event: live within lateness and skew of the receipt (rule P3), in a backfill on its day
 * (rule P19) and not in the future.
 */
export function judgeTime(at: number, field: string, scene: Scene): Fault | null {
  const { feed, receivedAt, backfillDay } = scene;
  if (backfillDay !== null) {
    if (at > receivedAt + feed.clock.skewMs) return fault("ROW_FUTURE", field);
    return localDay(at, feed.timeZone) === backfillDay ? null : fault("ROW_WRONG_DAY", field);
  }
  const verdict = acceptTime(at, receivedAt, feed.clock);
  return verdict === "ACCEPTED" ? null : fault(verdict, field);
}

/** The end of what was seen cannot lie ahead of us. */
export function judgeEnd(to: number, scene: Scene): Fault | null {
  return to > scene.receivedAt + scene.feed.clock.skewMs ? fault("ROW_FUTURE", "to") : null;
}

/** The zone's id, or null when the city has no such zone. */
export function zoneOf(slug: string, scene: Scene): string | null {
  const id = `${scene.feed.city}/${slug}`;
  return scene.catalogue.zones.has(id) ? id : null;
}

export function judgePosition(longitude: number, latitude: number, scene: Scene): Fault | null {
  return inBox([longitude, latitude], scene.feed.bounds) ? null : fault("ROW_OUTSIDE_CITY", "longitude");
}

/** The day that a contribution belongs to: of the window's start, or of the event where a window is longer than a day. */
export function dayOfWindow(step: Step, windowStart: number, eventAt: number, timeZone: string): string {
  return localDay(step === "P1M" || step === "P1Y" ? eventAt : windowStart, timeZone);
}

/** A contribution of another day than the backfill's has no open day to go to. */
export const dayCounts = (day: string, scene: Scene): boolean =>
  scene.backfillDay === null || scene.backfillDay === day;

/** Puts what a unit touched, in the part of the day that its window starts in by the local clock. */
export function contribute(
  { number, dayparts }: Plan,
  day: string,
  windowStart: number,
  cell: number,
  subject: Subject,
  { feed }: Scene,
  sink: Sink,
): void {
  const stratum = dayparts.length === 0 ? 0 : stratumOf(dayparts, localHour(windowStart, feed.timeZone));
  sink.contribution(number, day, windowStart, cell, stratum, subject);
}

/** The starts of all windows that [from, to) touches; the one that holds `from` where the span is empty. */
export function* touchedWindows(from: number, to: number, step: Step, timeZone: string): Generator<number> {
  let window = windowOf(from, step, timeZone);
  yield window.from;
  while (window.to < to) {
    window = windowOf(window.to, step, timeZone);
    yield window.from;
  }
}
