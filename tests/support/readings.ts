import type { Reading } from "../../core/edge/batch.ts";
import { formatInstant } from "../../core/time.ts";

/** Where the test city's only cell lies, in the middle of it: [longitude, latitude]. */
export const CENTRE = [126.8465, 35.1525] as const;

export const MODEL = "test-1";

/**
 * A person seen for one second at the test city's centre: counts once, in the one window that holds `at`.
 * @param at epoch ms; a whole ten-second, so that the second crosses no window's end
 */
export const person = (subject: string, at: number): Reading => ({
  type: "track",
  subject: { kind: "track", id: subject },
  class: "PERSON",
  behaviour: "MOVE",
  from: formatInstant(at),
  to: formatInstant(at + 1000),
  longitude: CENTRE[0],
  latitude: CENTRE[1],
  confidence: 90,
  model: MODEL,
});

/** `count` persons of one prefix, all at one instant. */
export const people = (prefix: string, count: number, at: number): Reading[] =>
  Array.from({ length: count }, (_, index) => person(`${prefix}-${index}`, at));

export const heartbeat = (at: number): Reading => ({ type: "heartbeat", at: formatInstant(at) });

/** The last whole ten seconds before `at`. */
export const wholeTen = (at: number): number => Math.floor(at / 10_000) * 10_000;
