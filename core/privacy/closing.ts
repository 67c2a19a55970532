import type { TimeWindow } from "../time.ts";

/** When live data are taken and closed, in milliseconds. */
export type Clock = {
  /** After a window's end, how long batches on their way may still arrive. */
  readonly graceMs: number;
  /** How old an event may be when its batch is received. */
  readonly latenessMs: number;
  /** How far ahead of ours a device's clock may be. */
  readonly skewMs: number;
  /** How long an intake transaction may take; what was received before then may become visible only after it. */
  readonly intakeMs: number;
  /** How long after day + lateness unprocessed batches may hold the sealing up. */
  readonly sealLimitMs: number;
};

export const DEFAULT_CLOCK: Clock = {
  graceMs: 60_000,
  latenessMs: 6 * 3_600_000,
  skewMs: 120_000,
  intakeMs: 5_000,
  sealLimitMs: 6 * 3_600_000,
};

/** An inbox row as the closing rule sees it: quarantined counts as processed. */
export type InboxState = { readonly receivedAt: number; readonly processed: boolean };

/** Whether an event's time is accepted: within [receivedAt − lateness, receivedAt + skew], both included (P3). */
export function acceptTime(
  eventAt: number,
  receivedAt: number,
  clock: Clock = DEFAULT_CLOCK,
): "ACCEPTED" | "ROW_TOO_OLD" | "ROW_FUTURE" {
  if (!(eventAt >= receivedAt - clock.latenessMs)) return "ROW_TOO_OLD";
  return eventAt <= receivedAt + clock.skewMs ? "ACCEPTED" : "ROW_FUTURE";
}

/** The database's time up to which received batches belong to a window's freeze: its end and the grace. */
export function watermark(window: TimeWindow, clock: Clock = DEFAULT_CLOCK): number {
  return window.to + clock.graceMs;
}

/** When a window can be asked for the first time: the watermark, once every intake transaction before it has ended. */
export function closesAt(window: TimeWindow, clock: Clock = DEFAULT_CLOCK): number {
  return watermark(window, clock) + clock.intakeMs;
}

function unprocessedBefore(time: number, inbox: Iterable<InboxState>): boolean {
  for (const row of inbox) if (!row.processed && row.receivedAt < time) return true;
  return false;
}

/**
 * Whether a window may be frozen: grace and intake time are over by the database's clock (never by event time), and no
 * batch received before the watermark is unprocessed.
 */
export function mayClose(
  window: TimeWindow,
  now: number,
  inbox: Iterable<InboxState>,
  clock: Clock = DEFAULT_CLOCK,
): boolean {
  return now >= closesAt(window, clock) && !unprocessedBefore(watermark(window, clock), inbox);
}

/** `SEAL_WITH_LOSS` is an alarm: batches that came in time will never be counted. */
export type SealDecision = "WAIT" | "SEAL" | "SEAL_WITH_LOSS";

/**
 * Whether a live day may be sealed: at its end + lateness once every batch received before then is processed and no
 * window of the day is open (all committed or abandoned), at the latest six hours after that whatever is left.
 */
export function maySeal(
  day: TimeWindow,
  now: number,
  inbox: Iterable<InboxState>,
  openWindows: number,
  clock: Clock = DEFAULT_CLOCK,
): SealDecision {
  const due = day.to + clock.latenessMs;
  if (now < due + clock.intakeMs) return "WAIT";
  if (openWindows === 0 && !unprocessedBefore(due, inbox)) return "SEAL";
  return now >= due + clock.sealLimitMs ? "SEAL_WITH_LOSS" : "WAIT";
}

/**
 * Whether a backfill day may close: its signed end-of-day marker is there and all its batches are processed. There is
 * nothing to wait for (P19).
 */
export function mayCloseBackfill(markerReceived: boolean, inbox: Iterable<InboxState>): boolean {
  return markerReceived && !unprocessedBefore(Infinity, inbox);
}
