/** A Korean particle in its two forms: after a consonant / after a vowel. "으로/로" also treats ㄹ as a vowel. */
export type Particle = "을/를" | "이/가" | "은/는" | "과/와" | "으로/로" | "이/" | "이에요/예요";

/** How the last sound of a word ends: nothing, ㄹ, or another consonant. */
type Ending = "vowel" | "rieul" | "consonant";

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const FINALS = 28;
const FINAL_RIEUL = 8;

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const DIGITS: readonly Ending[] = [
  "consonant",
  "rieul",
  "vowel",
  "consonant",
  "vowel",
  "vowel",
  "consonant",
  "rieul",
  "rieul",
  "vowel",
];

/** Units and signs as they are read aloud: 미터, 킬로그램, 퍼센트, 제곱미터, 엡실론. The longest match wins. */
const UNITS: readonly (readonly [string, Ending])[] = [
  ["km/h", "vowel"],
  ["km²", "vowel"],
  ["m²", "vowel"],
  ["㎡", "vowel"],
  ["㎢", "vowel"],
  ["km", "vowel"],
  ["cm", "vowel"],
  ["mm", "vowel"],
  ["kg", "consonant"],
  ["kWh", "vowel"],
  ["dB", "rieul"],
  ["%", "vowel"],
  ["℃", "vowel"],
  ["°", "vowel"],
  ["ε", "consonant"],
  ["δ", "vowel"],
  ["g", "consonant"],
  ["m", "vowel"],
  ["L", "vowel"],
];

/** Names of Latin letters: 엘 and 알 end in ㄹ, 엠 and 엔 in a consonant, the rest in a vowel. */
const LETTERS: Readonly<Record<string, Ending>> = { l: "rieul", r: "rieul", m: "consonant", n: "consonant" };

/**
 * The word with the form of the particle that its pronunciation asks for: `attach("상무광장", "이/가")` is "상무광장이",
 * `attach("3 km", "으로/로")` is "3 km로", `attach("10", "은/는")` is "10은" (십). A trailing parenthesis is not read.
 * @see 한글 맞춤법 (Korean orthography), particles by the preceding sound
 */
export function attach(word: string, particle: Particle): string {
  return word + particleFor(word, particle);
}

/** Only the particle's form, for a word that is set apart (a link, a bold name). */
export function particleFor(word: string, particle: Particle): string {
  const [afterConsonant = "", afterVowel = ""] = particle.split("/");
  const ending = endingOf(word);
  if (ending === "vowel" || (ending === "rieul" && particle === "으로/로")) return afterVowel;
  return afterConsonant;
}

function endingOf(word: string): Ending {
  const spoken = word.replace(/\s*[([{（][^)\]}）]*[)\]}）]\s*$/u, "").replace(/[\s"'”’»」』.,)\]}）]+$/u, "");
  const last = spoken.at(-1);
  if (last === undefined) return "vowel";
  const code = last.charCodeAt(0);
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) return hangulEnding(code);
  const unit = unitEnding(spoken);
  if (unit) return unit;
  if (/\d/.test(last)) return numberEnding(spoken);
  if (/[A-Za-z]/.test(last)) return latinEnding(spoken);
  return "vowel";
}

function hangulEnding(code: number): Ending {
  const final = (code - HANGUL_FIRST) % FINALS;
  if (final === 0) return "vowel";
  return final === FINAL_RIEUL ? "rieul" : "consonant";
}

/** A unit counts as one when it follows a number: "3 m" is 미터, "M" alone is a letter. */
function unitEnding(spoken: string): Ending | undefined {
  for (const [unit, ending] of UNITS) {
    if (!spoken.endsWith(unit)) continue;
    const before = spoken.slice(0, -unit.length).trimEnd();
    if (/\d$/.test(before) || !/[A-Za-z]/.test(unit)) return ending;
  }
  return undefined;
}

/** 10 십, 100 백, 1000 천, 10 000 만, 10⁸ 억: all consonants but 10¹² 조; decimals are read digit by digit. */
function numberEnding(spoken: string): Ending {
  const written = /[\d.,\s\u00a0\u202f\u2009]*\d$/u.exec(spoken)?.[0] ?? "";
  const digits = written.replace(/[\s,\u00a0\u202f\u2009]/gu, "");
  const lastDigit = DIGITS[Number(digits.at(-1))] ?? "vowel";
  if (digits.includes(".") || !digits.endsWith("0") || /^0+$/.test(digits)) return lastDigit;
  const zeros = /0+$/.exec(digits)?.[0].length ?? 0;
  return zeros >= 12 && zeros < 16 ? "vowel" : "consonant";
}

/** An abbreviation is spelled, a word is read: "CCTV" 티브이, "Apple" 애플, "zone" 존, "car" 카. */
function latinEnding(spoken: string): Ending {
  const word = /[A-Za-z]+$/.exec(spoken)?.[0] ?? "";
  const lower = word.toLowerCase();
  const last = lower.at(-1) ?? "";
  if (word === word.toUpperCase()) return LETTERS[last] ?? "vowel";
  if (/(le|l)$/.test(lower)) return "rieul";
  if (/(ne|me|ng|n|m)$/.test(lower)) return "consonant";
  if (/[aeiou](ck|[bkpt])$/.test(lower)) return "consonant";
  return "vowel";
}
