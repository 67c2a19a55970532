/** What the redactor takes out, from the most sensitive to the least: where two overlap, the earlier one names the span. */
export const REDACTION_KINDS = [
  "RESIDENT_NUMBER",
  "FOREIGNER_NUMBER",
  "CARD",
  "ACCOUNT",
  "PASSPORT",
  "DRIVER_LICENCE",
  "PHONE",
  "EMAIL",
  "PLATE",
  "NAME",
  "ADDRESS",
  "POSITION",
  "DEVICE",
  "HANDLE",
] as const;
export type RedactionKind = (typeof REDACTION_KINDS)[number];

/** Where a pattern matched, with what stands around it on this side of anything already taken out. */
export type Found = {
  readonly value: string;
  /** At most 40 characters. */
  readonly before: string;
  /** At most 20 characters. */
  readonly after: string;
};

/**
 * One way to write one kind of identifier. A pattern has only bounded quantifiers, so that the work at a position is
 * bounded whatever the text; a group called `value` limits what is taken out.
 */
export type Rule = {
  readonly kind: RedactionKind;
  readonly pattern: RegExp;
  readonly accept?: (found: Found) => boolean;
};

/** Stands for what was taken out already; no pattern reaches over it. */
export const BARRIER = "\uFFFC";

/** Up to three signs between the groups of a number. */
export const GAP = "[-. \\n,_/()~]{0,3}";
/** Up to three signs of any sort, for numbers that their first digits give away. */
export const WIDE_GAP = "[^0-9A-Za-z가-힣\\uFFFC]{0,3}";
/** A digit that somebody may have hidden. */
export const MASK = "[*xX#○●◯■□]";

/** A rule from the source of its pattern: global, Unicode, with indices. */
export function rule(kind: RedactionKind, source: string, accept?: (found: Found) => boolean, flags = ""): Rule {
  const pattern = new RegExp(source, `dgu${flags}`);
  return accept === undefined ? { kind, pattern } : { kind, pattern, accept };
}

export const digitsOf = (text: string): string => text.replaceAll(/\D/g, "");

/** Whether six digits are a day of birth, yymmdd. */
export function isBirthday(digits: string): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
