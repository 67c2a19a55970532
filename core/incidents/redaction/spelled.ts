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
  /(?<digit>[0-9])|(?<hangul>[공영빵일이삼사오육륙칠팔구〇零一二三四五六七八九])|(?<english>(?<![A-Za-z])(?:(?<times>double|triple)[ -]{1,2})?(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine)(?![A-Za-z]))|(?<gap>[- .,()\n_/])|(?<joint>다시|대시|하이픈|국에|국의|에|의|dash|hyphen)/giuy;

/** A shorter run is a word or a count. */
const LEAST_DIGITS = 7;

type Token = { readonly at: number; readonly end: number; readonly text: string; readonly spelled: boolean };

/**
 * The view with numbers that are spelled out as digits: 공일공 일이삼사 오육칠팔, "zero one zero, one two …", 010에 1234에
 * 5678. Only runs of at least seven digits are read so, everything else stays. Linear in the length of the text.
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
      for (const token of withoutParticle(run)) {
        for (const character of token.text) put(character, token.at, token.end);
        at = token.end;
      }
    }
    keep(at, end);
    at = end;
  }
  return { text: text.join(""), starts, ends };
}

function runAt(text: string, from: number): Token[] {
  const run: Token[] = [];
  TOKEN.lastIndex = from;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const { digit, hangul, english, times, gap } = match.groups ?? {};
    const end = TOKEN.lastIndex;
    if (digit ?? gap) run.push({ at: match.index, end, text: match[0], spelled: false });
    else if (hangul) run.push({ at: match.index, end, text: HANGUL[hangul] ?? "", spelled: true });
    else if (english) {
      const word = english.slice(times ? times.length : 0).replaceAll(/[ -]/g, "");
      const count = times === undefined ? 1 : times.toLowerCase() === "double" ? 2 : 3;
      run.push({ at: match.index, end, text: (ENGLISH[word.toLowerCase()] ?? "").repeat(count), spelled: true });
    } else run.push({ at: match.index, end, text: "-", spelled: true });
  }
  return run.slice(0, run.findLastIndex(({ text: said }) => /\d/.test(said)) + 1);
}

const digitsIn = (run: readonly Token[]): number =>
  run.reduce((sum, { text }) => sum + text.replaceAll(/\D/g, "").length, 0);

function readsAsNumber(run: readonly Token[]): boolean {
  const spelled = run.filter((token) => token.spelled).length;
  return spelled >= 1 && digitsIn(run) >= LEAST_DIGITS;
}

/** 오육칠팔이: the last syllable of a group of five is the particle, not a two. */
function withoutParticle(run: readonly Token[]): readonly Token[] {
  const tail = run.length;
  const group = run.slice(run.findLastIndex(({ text }) => !/^\d+$/.test(text)) + 1);
  const spelledTwo = group.at(-1)?.spelled === true && group.at(-1)?.text === "2";
  const particle = spelledTwo && (group.length === 5 || (group.length === tail && tail === 12 && run[0]?.text === "0"));
  return particle ? run.slice(0, -1) : run;
}
