import { randomInt } from "node:crypto";
import { token } from "../../support/city.ts";

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join("");
const pick = (letters: string): string => letters[randomInt(letters.length)] ?? "";
const hex = (count: number): string => Array.from({ length: count }, () => pick("0123456789abcdef")).join("");

/** Identifiers of every kind that sensors tell subjects apart by, as people and machines write them. */
const SPELLINGS: readonly (() => string)[] = [
  () => `${digits(3)}${pick("가나다라마거너더러버서어저")}${digits(4)}`,
  () => `${digits(3)}${pick("가나다라마거너더러버서어저")} ${digits(4)}`,
  () => `서울${digits(2)}${pick("바사아자")}-${digits(4)}`,
  () => `외교 ${digits(3)}-${digits(3)}`,
  () =>
    Array.from({ length: 6 }, () => hex(2))
      .join(":")
      .toUpperCase(),
  () => Array.from({ length: 6 }, () => hex(2)).join("-"),
  () => `010-${digits(4)}-${digits(4)}`,
  () => `+82 10 ${digits(4)} ${digits(4)}`,
  () => `${digits(6)}-${1 + randomInt(8)}${digits(6)}`,
  () => Array.from({ length: 4 }, () => digits(4)).join("-"),
  () => digits(15),
  () => `${token()}@example.kr`,
  () => `card-${digits(12)}`,
  () => `trip-${hex(16)}`,
  () => `track-${token()}`,
];

/** `count` identifiers, of every kind in turn; none is like another. */
export const identifiers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => SPELLINGS[index % SPELLINGS.length]?.() ?? "");
