import { randomInt } from "node:crypto";
import { addDays, dayBounds, localDay } from "../../../core/time.ts";
import type { judgeTime, Scene } from "../../../workers/ingest/scene.ts";

const LATENESS = 6 * 3_600_000;
const SKEW = 120_000;
const ZONE = "Asia/Seoul";
const RECEIVED = Date.UTC(2026, 4, 1, 3);

const clock = { graceMs: 60_000, intakeMs: 5_000, latenessMs: LATENESS, skewMs: SKEW, sealLimitMs: LATENESS };
const sceneOf = (backfillDay: string | null): Scene =>
  ({ feed: { clock, timeZone: ZONE }, receivedAt: RECEIVED, backfillDay }) as unknown as Scene;

/**
 * Event times around every border and at random, live and in a backfill, against the rule written down once more.
 * @returns how many were tried, and how many of them were judged wrongly
 */
export function tryTimes(judge: typeof judgeTime, tries: number): { tried: number; wrong: number } {
  const borders = [RECEIVED - LATENESS, RECEIVED + SKEW, RECEIVED];
  const instants = [
    ...borders.flatMap((at) => [at - 1, at, at + 1]),
    ...Array.from({ length: tries }, () => RECEIVED + (randomInt(2 * 36 * 3_600_000) - 36 * 3_600_000)),
  ];
  const today = localDay(RECEIVED, ZONE);
  let wrong = 0;
  for (const at of instants) {
    const live = at >= RECEIVED - LATENESS && at <= RECEIVED + SKEW;
    if ((judge(at, "at", sceneOf(null)) === null) !== live) wrong++;
    for (const day of [today, addDays(today, -1)]) {
      const { from, to } = dayBounds(day, ZONE);
      const ofDay = at >= from && at < to && at <= RECEIVED + SKEW;
      if ((judge(at, "at", sceneOf(day)) === null) !== ofDay) wrong++;
    }
  }
  return { tried: 3 * instants.length, wrong };
}
