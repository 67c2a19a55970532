import { email, handle, phone } from "./redaction/contact.ts";
import { device } from "./redaction/devices.ts";
import { driverLicence, foreignerNumber, passport, residentNumber } from "./redaction/documents.ts";
import { account, card } from "./redaction/money.ts";
import { name } from "./redaction/names.ts";
import { address, position } from "./redaction/places.ts";
import { readable } from "./redaction/readable.ts";
import { BARRIER, REDACTION_KINDS, type RedactionKind, type Rule } from "./redaction/rule.ts";
import { spelledDigits, withTwo } from "./redaction/spelled.ts";
import { plate } from "./redaction/vehicle.ts";

export type { RedactionKind } from "./redaction/rule.ts";

/** One line a kind, in no order: where two match, `REDACTION_KINDS` decides. */
export const RULES: readonly Rule[] = [
  ...residentNumber,
  ...foreignerNumber,
  ...card,
  ...account,
  ...passport,
  ...driverLicence,
  ...phone,
  ...email,
  ...plate,
  ...name,
  ...address,
  ...position,
  ...device,
  ...handle,
];

/** What stands in the text instead. */
export const PLACEHOLDERS: Record<RedactionKind, { readonly ko: string; readonly en: string }> = {
  RESIDENT_NUMBER: { ko: "[주민등록번호]", en: "[resident number]" },
  FOREIGNER_NUMBER: { ko: "[외국인등록번호]", en: "[foreigner number]" },
  CARD: { ko: "[카드번호]", en: "[card number]" },
  ACCOUNT: { ko: "[계좌번호]", en: "[account number]" },
  PASSPORT: { ko: "[여권번호]", en: "[passport number]" },
  DRIVER_LICENCE: { ko: "[운전면허번호]", en: "[licence number]" },
  PHONE: { ko: "[전화번호]", en: "[phone]" },
  EMAIL: { ko: "[이메일]", en: "[email]" },
  PLATE: { ko: "[차량번호]", en: "[plate]" },
  NAME: { ko: "[이름]", en: "[name]" },
  ADDRESS: { ko: "[주소]", en: "[address]" },
  POSITION: { ko: "[위치]", en: "[position]" },
  DEVICE: { ko: "[기기주소]", en: "[device address]" },
  HANDLE: { ko: "[계정]", en: "[account name]" },
};
const LABELS = Object.values(PLACEHOLDERS).flatMap(({ ko, en }) => [ko, en]);
const PLACEHOLDER = new RegExp(LABELS.map((label) => label.replaceAll(/[[\]]/g, "\\$&")).join("|"), "g");

const HANGUL = /[가-힣\u1100-\u11FF\u3131-\u318E]/u;

/** What is taken out first can uncover what stood glued to it. */
const MOST_PASSES = 8;
const BEFORE = 40;
const AFTER = 20;

/** Code units from `start` to `end` of the text, and what stands there. */
export type Span = { readonly start: number; readonly end: number; readonly kind: RedactionKind };
export type Redacted = {
  readonly text: string;
  readonly found: readonly { readonly kind: RedactionKind; readonly count: number }[];
};

/**
 * The text without what names, reaches or traces a person: each such part becomes a placeholder in the language of the
 * text, everything else stays as it was written. It finds spellings, not meanings: a name without a title or a word that
 * announces it stays. Pure; linear in the length of the text; redacting twice changes nothing; never throws.
 */
export function redact(text: string): Redacted {
  const spans = personalSpans(text);
  const rest = replaced(text, spans, () => "").replaceAll(PLACEHOLDER, "");
  const language = HANGUL.test(rest) || !/[A-Za-z]/.test(rest) ? "ko" : "en";
  const counts = REDACTION_KINDS.map((kind) => ({ kind, count: spans.filter((span) => span.kind === kind).length }));
  return {
    text: replaced(text, spans, ({ kind }) => PLACEHOLDERS[kind][language]),
    found: counts.filter(({ count }) => count > 0),
  };
}

/** What `redact` takes out, in order and apart from each other. */
export function personalSpans(text: string): Span[] {
  let left = text.replaceAll(PLACEHOLDER, (label) => BARRIER.repeat(label.length));
  let spans: Span[] = [];
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const found = spansIn(left);
    if (found.length === 0) break;
    spans = merged([...spans, ...found]);
    left = replaced(left, found, ({ start, end }) => BARRIER.repeat(end - start));
  }
  return spans;
}

/** The spans of one pass over a text in which what was taken out already is a barrier. */
function spansIn(text: string): Span[] {
  const view = spelledDigits(readable(text));
  // The last syllable of a spelled number is a two or a particle: both are tried.
  const readings = new Set([view.text, withTwo(view.text)]);
  const found = [...readings].flatMap((reading) => RULES.flatMap((rule) => matches(rule, reading)));
  return merged(
    found.map(({ start, end, kind }) => ({ start: view.starts[start] ?? 0, end: view.ends[end - 1] ?? 0, kind })),
  );
}

function matches({ kind, pattern, accept }: Rule, text: string): Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [start, end] = match.indices?.groups?.["value"] ?? match.indices?.[0] ?? [match.index, match.index];
    const before = text.slice(Math.max(0, start - BEFORE), start);
    const after = text.slice(end, end + AFTER);
    const value = text.slice(start, end);
    const found = {
      value,
      before: before.slice(before.lastIndexOf(BARRIER) + 1),
      after: after.split(BARRIER, 1)[0] ?? "",
    };
    if (end > start && !value.includes(BARRIER) && (accept?.(found) ?? true)) spans.push({ start, end, kind });
    else pattern.lastIndex = match.index + 1;
  }
  return spans;
}

/** Spans in order; those that overlap become one, of the more sensitive kind. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end), kind: worse(last, span) };
  }
  return result;
}

const worse = (a: Span, b: Span): RedactionKind =>
  REDACTION_KINDS.indexOf(a.kind) <= REDACTION_KINDS.indexOf(b.kind) ? a.kind : b.kind;

function replaced(text: string, spans: readonly Span[], by: (span: Span) => string): string {
  let at = 0;
  let out = "";
  for (const span of spans) {
    out += text.slice(at, span.start) + by(span);
    at = span.end;
  }
  return out + text.slice(at);
}
