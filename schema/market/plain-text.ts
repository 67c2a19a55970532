import type { LocalText } from "../values.ts";

/** One fault of an input: where, which rule, how to mend it. Never a value of the input. */
export type FieldFault = { field: string; rule: LocalText; fix: LocalText };

/** Signs that no person types and that change how a text is shown or read: controls, bidi overrides and isolates, tags. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const BREAKS = /[\n\t]/;

/**
 * Checks a text that people wrote: stored as given, shown as text and nothing else.
 * @param limits.min characters (code points) at least, after trimming · `max` at most · `lines` whether it may have several
 */
export function checkText(
  field: string,
  text: string,
  { min = 1, max, lines = false }: { min?: number; max: number; lines?: boolean },
): FieldFault[] {
  const length = [...text].length;
  if (!text.isWellFormed() || HIDDEN.test(text) || (!lines && BREAKS.test(text))) {
    return [
      {
        field,
        rule: {
          ko: lines
            ? "보이지 않는 제어 문자나 글 방향을 바꾸는 문자는 쓸 수 없습니다"
            : "한 줄이며, 보이지 않는 제어 문자나 글 방향을 바꾸는 문자는 쓸 수 없습니다",
          en: lines
            ? "no control characters and none that change the direction of text"
            : "one line, no control characters and none that change the direction of text",
        },
        fix: { ko: "직접 다시 입력해 주세요", en: "type it again by hand" },
      },
    ];
  }
  if ([...text.trim()].length < min || length > max) {
    return [
      {
        field,
        rule: { ko: `${min}자 이상 ${max}자 이하`, en: `${min} to ${max} characters` },
        fix:
          length > max
            ? { ko: "짧게 줄여 주세요", en: "make it shorter" }
            : { ko: "내용을 적어 주세요", en: "write something" },
      },
    ];
  }
  return [];
}

/** Checks a text that may be left out. */
export const checkOptionalText = (
  field: string,
  text: string | null | undefined,
  limits: { min?: number; max: number; lines?: boolean },
): FieldFault[] => (text == null ? [] : checkText(field, text, limits));
