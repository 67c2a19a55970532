import type { personalSpans, Span } from "../../../core/incidents/redact.ts";
import type { Planted } from "./corpus.ts";

export type Redactor = typeof personalSpans;

/** Letters and digits are what tells; brackets and blanks of the secret may stay. */
const TELLS = /[\p{L}\p{N}]/u;

/** Whether any letter or digit of the secret is still to be read. */
export function isMissed({ text, start, end }: Planted, spans: readonly Span[]): boolean {
  let at = start;
  for (const character of text.slice(start, end)) {
    const next = at + character.length;
    if (TELLS.test(character) && !spans.some((span) => span.start <= at && next <= span.end)) return true;
    at = next;
  }
  return false;
}

/** Letters and digits that a redaction may take beside the item before it counts as false: a particle. */
const TOLERATED = 2;

/** Whether a redaction touches the item and takes hardly more than it and what announces it. */
export function isTrue({ text, start, end, from, to }: Planted, span: Span): boolean {
  if (span.end <= start || span.start >= end) return false;
  const beyond = text.slice(span.start, Math.max(span.start, from)) + text.slice(Math.min(span.end, to), span.end);
  return beyond.replaceAll(/[^\p{L}\p{N}]/gu, "").length <= TOLERATED;
}

/** Lower end of Wilson's 95 % interval of a share (Wilson 1927), two-sided. */
export function wilsonLower(hits: number, of: number): number {
  const z = 1.96;
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return (middle - half) / (1 + (z * z) / of);
}
