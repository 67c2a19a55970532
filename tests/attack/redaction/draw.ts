import { uniform } from "../../../core/privacy/random.ts";
import { seededWords } from "../../../core/testing/seeded.ts";

/** Which half of the names, words and sentences a corpus is made of: what is tuned on one is reported on the other. */
export type Half = "tuning" | "held-out";

/** Reproducible choices. */
export type Draw = {
  readonly half: Half;
  /** A whole number from `least` to `most`. */
  readonly int: (least: number, most: number) => number;
  readonly chance: (share: number) => boolean;
  readonly one: <T>(list: readonly T[]) => T;
  /** One of this corpus's half of a list: the even or the odd places. */
  readonly mine: <T>(list: readonly T[]) => T;
  /** `length` decimal digits. */
  readonly digits: (length: number) => string;
  /** A number with leading zeros. */
  readonly padded: (least: number, most: number, width: number) => string;
};

export function draw(seed: string, half: Half): Draw {
  const words = seededWords(`${seed}/${half}`);
  const int = (least: number, most: number): number => least + uniform(most - least + 1, words);
  const one = <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T;
  const digits = (length: number): string => Array.from({ length }, () => int(0, 9)).join("");
  return {
    half,
    int,
    one,
    digits,
    chance: (share) => int(0, 9999) < share * 10_000,
    mine: (list) => one(list.filter((_value, place) => list.length < 2 || (place % 2 === 0) === (half === "tuning"))),
    padded: (least, most, width) => String(int(least, most)).padStart(width, "0"),
  };
}

/** Something about a person, as somebody writes it. */
export type Item = {
  /** What must not be left in the text, in any part. */
  readonly secret: string;
  /** What stands before and behind it, where it says what the secret is: a bank's name, a title. */
  readonly before?: string;
  readonly after?: string;
  /** The way of writing; misses are counted by it, too. */
  readonly spelling: string;
};
export type Format = (draw: Draw) => Item;

/** A way of writing a row of groups: with hyphens, none, blanks, … and what people mistype. */
export const SEPARATORS: Record<string, (groups: readonly string[], draw: Draw) => string> = {
  hyphen: (groups) => groups.join("-"),
  glued: (groups) => groups.join(""),
  blank: (groups) => groups.join(" "),
  dot: (groups) => groups.join("."),
  "hyphen between blanks": (groups) => groups.join(" - "),
  "long dash": (groups, { one }) => groups.join(one(["–", "—", "‐", "‑", "−", "－", "―"])),
  slash: (groups) => groups.join("/"),
  underscore: (groups) => groups.join("_"),
  comma: (groups) => groups.join(","),
  "double hyphen": (groups) => groups.join("--"),
  "two blanks": (groups) => groups.join("  "),
  "middle dot": (groups, { one }) => groups.join(one(["·", "ㆍ", "・"])),
  "line break": (groups, { int }) => {
    const at = int(1, groups.length - 1);
    return `${groups.slice(0, at).join("-")}${at > 0 ? "-\n" : ""}${groups.slice(at).join("-")}`;
  },
  "full width": (groups) => fullWidth(groups.join("-")),
  "full width digits": (groups) => groups.map(fullWidth).join("-"),
  "zero-width space": (groups, { one }) => groups.join(`-${one(["\u200B", "\u200D", "\u2060", "\uFEFF", "\u00AD"])}`),
  "hard blank": (groups, { one }) => groups.join(one(["\u00A0", "\u3000", "\u2009", "\t"])),
  "one lost separator": (groups, { int }) => {
    const lost = int(1, groups.length - 1);
    return groups.map((group, i) => (i === 0 || i === lost ? group : `-${group}`)).join("");
  },
};

export const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** Digits as they are said, zero as 공 or 영. */
export const inHangul = (digits: string, zero = "공"): string =>
  digits.replaceAll(/\d/g, (digit) => [zero, ..."일이삼사오육칠팔구"][Number(digit)] ?? "");

const ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
export const inEnglish = (digits: string): string => [...digits].map((digit) => ENGLISH[Number(digit)]).join(" ");

/** One item in every spelling of a list, each as likely as another. */
export function spelled(
  spellings: readonly (readonly [string, (draw: Draw) => Omit<Item, "spelling"> | string])[],
): Format {
  return (draw) => {
    const [spelling, write] = draw.one(spellings);
    const item = write(draw);
    return typeof item === "string" ? { secret: item, spelling } : { ...item, spelling };
  };
}

/** Groups in every way of separating them. */
export const separated = (
  what: string,
  groups: (draw: Draw) => readonly string[],
  names: readonly string[] = Object.keys(SEPARATORS),
): (readonly [string, (draw: Draw) => string])[] =>
  names.map((name) => [`${what}, ${name}`, (draw) => SEPARATORS[name]?.(groups(draw), draw) ?? ""]);
