/** A text for matching: every character of `text` stands for the characters `starts[i]` … `ends[i]` of the original. */
export type View = { readonly text: string; readonly starts: readonly number[]; readonly ends: readonly number[] };

/** Characters that take no room (zero-width signs, direction marks, variation selectors, …) and the keycap around a digit. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u20E3/u;
/** A syllable in conjoining Jamo, or a character with its marks. */
const CLUSTER =
  /[\u1100-\u1112][\u1161-\u1175](?:[\u11A8-\u11C2]|[\u1100-\u1112](?![\u1161-\u1175]))?|\P{M}\p{M}*|\p{M}+/gsu;
/** The final consonant (offset from U+11A7) of each leading one; the three that end no syllable have none. */
const FINALS = [1, 2, 4, 7, 0, 8, 16, 17, 0, 19, 20, 21, 22, 0, 23, 24, 25, 26, 27];

/**
 * The text as a person reads it: compatibility forms folded (NFKC), Jamo joined to syllables, invisible characters gone,
 * all decimal digits ASCII, all dashes `-`, all blanks a space, all middle dots `.`. Linear in the length of the text.
 */
export function readable(original: string): View {
  let folded = "";
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    if (!INVISIBLE.test(character)) {
      const plain = alike(character.normalize("NFKC"));
      folded += plain;
      for (let i = 0; i < plain.length; i++) {
        from.push(at);
        to.push(end);
      }
    }
    at = end;
  }
  return joined(folded, from, to);
}

function joined(folded: string, from: readonly number[], to: readonly number[]): View {
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of folded.matchAll(CLUSTER)) {
    const whole = asSyllable(cluster).normalize("NFC");
    const last = index + cluster.length - 1;
    for (let i = 0; i < whole.length; i++) {
      starts.push(from[index] ?? 0);
      ends.push(to[last] ?? 0);
    }
    text += whole;
  }
  return { text, starts, ends };
}

/** Typed letter by letter, a final consonant looks like the leading one of a next syllable. */
function asSyllable(cluster: string): string {
  const last = cluster.charCodeAt(2) - 0x1100;
  const final = cluster.length === 3 ? FINALS[last] : undefined;
  return final ? cluster.slice(0, 2) + String.fromCharCode(0x11a7 + final) : cluster;
}

function alike(text: string): string {
  return text
    .replaceAll(/\p{Nd}/gu, (digit) => asciiDigit(digit))
    .replaceAll(/[\p{Pd}\u2212\u30FC\u223C]/gu, "-")
    .replaceAll(/[\u00B7\u2027\u2219\u22C5\u30FB\u318D\u3002\u119E]/gu, ".")
    .replaceAll(/[\p{Zs}\t\v\f\r]/gu, " ")
    .replaceAll(/[\u2028\u2029\u0085]/gu, "\n");
}

/** Decimal digits stand in tens of code points, zero first. */
function asciiDigit(digit: string): string {
  if (digit >= "0" && digit <= "9") return digit;
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
