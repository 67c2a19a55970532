import type { View } from "./readable.ts";

const HANGUL: Record<string, string> = {
  ...{ 공: "0", 영: "0", 빵: "0", 일: "1", 이: "2", 삼: "3", 사: "4", 오: "5", 육: "6", 륙: "6", 칠: "7", 팔: "8" },
  ...{ 구: "9", 〇: "0", 零: "0", 一: "1", 二: "2", 三: "3", 四: "4", 五: "5", 六: "6", 七: "7", 八: "8", 九: "9" },
};
const ENGLISH: Record<string, string> = {
  ...{ zero: "0", oh: "0", o: "0", nought: "0", one: "1", two: "2", three: "3", four: "4", five: "5", six: "6" },
  ...{ seven: "7", eight: "8", nine: "9" },
};

/** Digits and what is said between them; a run of this may be a number read aloud. */
const TOKEN =
  /(?<digit>[0-9])|(?<hangul>[공영빵일이삼사오육륙칠팔구〇零一二三四五六七八九])|(?<english>(?<![A-Za-z0-9])(?:(?<times>double|triple)[ -]{1,2})?(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine)(?![A-Za-z0-9]))|(?<gap>[- .,()_/])|(?<joint>다시|대시|하이픈|국에|국의|에|의|dash|hyphen)/giuy;

/** A shorter run is a word or a count. */
const LEAST_DIGITS = 9;
/** 일오팔팔에 일이삼사: the number of a firm has eight; other runs of eight may be a number plate. */
const FIRM = /^1[568](\d)\1\d{4}/;
/** 이 behind written digits is a particle, "one" an article: as few are not a number read aloud. */
const LEAST_SPELLED = 3;

const LONE = /^[공영일이삼사오육칠팔구](?![공영일이삼사오육칠팔구0-9])/;

/** Signs and words between two digits of one number. */
const MOST_GAPS = 4;

/** The last syllable of a run that is either a two or the particle 이: no digit by itself, `withTwo` makes it one. */
const TWO = "２";

type Sort = "written" | "hangul" | "english" | "gap" | "joint";
type Token = { readonly at: number; readonly end: number; readonly text: string; readonly sort: Sort };

/**
 * The view with numbers that are spelled out as digits: 공일공 일이삼사 오육칠팔, "zero one zero, one two …", 010에 1234에
 * 5678. Only runs of at least nine digits are read so, everything else stays. Linear in the length of the text.
 */
export function spelledDigits(view: View): View {
  const text: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const keep = (from: number, to: number): void => {
    for (let i = from; i < to; i++) put(view.text[i] ?? "", i, i + 1);
  };
  const put = (character: string, from: number, to: number): void => {
    text.push(character);
    starts.push(view.starts[from] ?? 0);
    ends.push(view.ends[to - 1] ?? 0);
  };
  let at = 0;
  while (at < view.text.length) {
    const run = runAt(view.text, at);
    const end = run.at(-1)?.end ?? at + 1;
    if (readsAsNumber(run)) {
      withoutParticle(run).forEach((token, i) => {
        const doubtful = token === run.at(-1) && isDoubtful(token);
        const read = betweenWords(run, i) ? "" : doubtful ? TWO : token.text;
        for (const character of read) put(character, token.at, token.end);
        at = token.end;
      });
    }
    keep(at, end);
    at = end;
  }
  return { text: text.join(""), starts, ends };
}

/** The text with the doubtful last syllable of every number read as a two. */
export const withTwo = (text: string): string => text.replaceAll(TWO, "2");

/** From a digit to a digit. */
function runAt(text: string, from: number): Token[] {
  const run: Token[] = [];
  let gaps = 0;
  // 민원인이 공일공, 종이에 010: the particle or the end of the word before.
  if (LONE.test(text.slice(from, from + 2)) && /[가-힣]/.test(text.charAt(from - 1))) return run;
  TOKEN.lastIndex = from;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const token = tokenOf(match, TOKEN.lastIndex);
    gaps = isDigit(token) ? 0 : gaps + 1;
    if ((run.length === 0 && gaps > 0) || gaps > MOST_GAPS) break;
    run.push(token);
  }
  return run.slice(0, run.findLastIndex(isDigit) + 1);
}

const isDoubtful = (token: Token | undefined): boolean => token?.sort === "hangul" && token.text === "2";
const isDigit = ({ sort }: Token): boolean => sort !== "gap" && sort !== "joint";

function tokenOf({ 0: text, index: at, groups = {} }: RegExpExecArray, end: number): Token {
  const { digit, hangul, english, times, gap } = groups;
  if (digit) return { at, end, text, sort: "written" };
  if (gap) return { at, end, text, sort: "gap" };
  if (hangul) return { at, end, text: HANGUL[hangul] ?? "", sort: "hangul" };
  if (!english) return { at, end, text: "-", sort: "joint" };
  const word = english.slice(times?.length ?? 0).replaceAll(/[ -]/g, "");
  const count = times === undefined ? 1 : times.toLowerCase() === "double" ? 2 : 3;
  return { at, end, text: (ENGLISH[word.toLowerCase()] ?? "").repeat(count), sort: "english" };
}

const digitsIn = (run: readonly Token[]): number => run.filter(isDigit).reduce((sum, { text }) => sum + text.length, 0);

function readsAsNumber(run: readonly Token[]): boolean {
  const doubtful = run[0]?.text !== "0" && isDoubtful(run.at(-1)) ? 1 : 0;
  const digits = digitsIn(run) - doubtful;
  const said = withoutParticle(run).filter(isSaid);
  if (digits < LEAST_DIGITS && !(digits === 8 && FIRM.test(said.map(({ text }) => text).join("")))) return false;
  return longestSaid(withoutParticle(run)) >= LEAST_SPELLED || run.some(({ sort }) => sort === "joint");
}

const isSaid = ({ sort }: Token): boolean => sort === "hangul" || sort === "english";

/** The most digits said on end. */
function longestSaid(run: readonly Token[]): number {
  let [longest, current] = [0, 0];
  for (const token of run.filter(isDigit)) {
    current = isSaid(token) ? current + token.text.length : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** 1234이, "three four이": a syllable glued to another sort of digit is the particle. */
function withoutParticle(run: readonly Token[]): readonly Token[] {
  const [last, before] = [run.at(-1), run.at(-2)];
  return last?.sort === "hangul" && (before?.sort === "written" || before?.sort === "english") ? run.slice(0, -1) : run;
}

/** "zero six two": the blanks are between words, not between groups of digits. */
const betweenWords = (run: readonly Token[], i: number): boolean =>
  run[i]?.text === " " && run[i - 1]?.sort === "english" && run[i + 1]?.sort === "english";
