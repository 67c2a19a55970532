import { type Draw, fullWidth, inHangul, separated, spelled } from "../draw.ts";

/** Rules on number plates (Ministry of Land, Infrastructure and Transport): letters of use. */
const PRIVATE = [..."가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주"];
const COMMERCIAL = [..."바사아자"];
const RENTAL = [..."하허호"];
const letter = (d: Draw): string =>
  d.one([() => d.one(PRIVATE), () => d.one(PRIVATE), () => d.one(COMMERCIAL), () => d.one(RENTAL), () => "배"])();
const REGIONS = [
  "서울",
  "부산",
  "대구",
  "인천",
  "광주",
  "대전",
  "울산",
  "세종",
  "경기",
  "강원",
  "충북",
  "충남",
  "전북",
  "전남",
  "경북",
  "경남",
  "제주",
];
const DISTRICTS = [
  "동",
  "서",
  "남",
  "북",
  "광산",
  "동구",
  "서구",
  "북구",
  "나주",
  "목포",
  "여수",
  "순천",
  "강남",
  "수원",
  "전주",
  "해운대",
];
const ROMAN: Record<string, string> = {
  가: "ga",
  나: "na",
  다: "da",
  라: "ra",
  마: "ma",
  거: "geo",
  너: "neo",
  더: "deo",
  러: "reo",
  머: "meo",
  버: "beo",
  서: "seo",
  어: "eo",
  저: "jeo",
  고: "go",
  노: "no",
  도: "do",
  로: "ro",
  모: "mo",
  보: "bo",
  소: "so",
  오: "o",
  조: "jo",
  구: "gu",
  누: "nu",
  두: "du",
  루: "ru",
  무: "mu",
  부: "bu",
  수: "su",
  우: "u",
  주: "ju",
  바: "ba",
  사: "sa",
  아: "a",
  자: "ja",
  하: "ha",
  허: "heo",
  호: "ho",
  배: "bae",
};
const ROMAN_REGIONS = ["Seoul", "Busan", "Gwangju", "Jeonnam", "Gyeonggi", "Daejeon"];

/** Since 2006 two digits, since 2019 three; 0100 … 9999 behind the letter. */
const recent = (d: Draw): [string, string, string] => [
  d.chance(0.5) ? d.padded(1, 69, 2) : String(d.int(100, 699)),
  letter(d),
  d.padded(100, 9999, 4),
];
const oldest = (d: Draw): [string, string, string] => [String(d.int(1, 99)), d.one(PRIVATE), d.padded(1, 9999, 4)];
const taxi = (d: Draw): [string, string, string] => [String(d.int(10, 99)), d.one(COMMERCIAL), d.padded(1000, 9999, 4)];

export const plate = spelled([
  ...separated("class, letter, number", recent, [
    "glued",
    "blank",
    "dot",
    "hyphen",
    "hyphen between blanks",
    "long dash",
    "slash",
    "underscore",
    "two blanks",
    "middle dot",
    "full width",
    "full width digits",
    "zero-width space",
    "hard blank",
    "line break",
    "comma",
  ]),
  [
    "usual",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a}${b} ${c}`;
    },
  ],
  [
    "blank before the letter",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a} ${b}${c}`;
    },
  ],
  [
    "rental",
    (d) => {
      const [a, , c] = recent(d);
      return `${a}${d.one(RENTAL)}${d.one(["", " "])}${c}`;
    },
  ],
  [
    "commercial with region",
    (d) => {
      const [a, b, c] = taxi(d);
      return `${d.one(REGIONS)}${d.one(["", " "])}${a}${b}${d.one(["", " "])}${c}`;
    },
  ],
  [
    "region and class",
    (d) => {
      const [a, b, c] = oldest(d);
      return `${d.one(REGIONS)}${a}${b}${c}`;
    },
  ],
  ["region and class, blanks", (d) => `${d.one(REGIONS)} ${oldest(d).join(" ")}`],
  [
    "region and class, hyphens",
    (d) => {
      const [a, b, c] = oldest(d);
      return `${d.one(REGIONS)}${a}${b}-${c}`;
    },
  ],
  [
    "region on its own line",
    (d) => {
      const [a, b, c] = oldest(d);
      return `${d.one(REGIONS)} ${a}\n${b} ${c}`;
    },
  ],
  ["motorcycle", (d) => `${d.one(REGIONS)} ${d.one(DISTRICTS)} ${d.one(PRIVATE)} ${d.padded(1000, 9999, 4)}`],
  ["motorcycle, glued", (d) => `${d.one(REGIONS)}${d.one(DISTRICTS)}${d.one(PRIVATE)}${d.padded(1000, 9999, 4)}`],
  [
    "motorcycle, two lines",
    (d) => `${d.one(REGIONS)} ${d.one(DISTRICTS)}\n${d.one(PRIVATE)} ${d.padded(1000, 9999, 4)}`,
  ],
  [
    "diplomatic",
    (d) =>
      `${d.one(["외교", "영사", "준외", "준영", "국기", "협정", "대표"])}${d.one(["", " ", "-"])}${d.padded(1, 180, 3)}${d.one(["-", " ", "–"])}${d.padded(1, 400, 3)}`,
  ],
  [
    "diplomatic, glued",
    (d) => `${d.one(["외교", "영사", "준외", "협정", "대표"])}${d.padded(1, 180, 3)}${d.padded(1, 400, 3)}`,
  ],
  ["temporary", (d) => `${d.one(["임시", "임시 ", "임 "])}${d.padded(1000, 9999, 4)}`],
  ["temporary with region", (d) => `${d.one(REGIONS)} 임시 ${d.padded(1000, 999_999, 4)}`],
  [
    "military",
    (d) =>
      `${d.padded(10, 99, 2)}${d.one(["육", "해", "공", "국", "합"])}${d.one(["", " ", "-"])}${d.padded(1000, 9999, 4)}`,
  ],
  [
    "military, service first",
    (d) => `${d.one(["육", "해", "공", "국", "합"])} ${d.padded(10, 99, 2)}-${d.padded(1000, 9999, 4)}`,
  ],
  [
    "romanised",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a}${ROMAN[b]}${c}`;
    },
  ],
  [
    "romanised, blanks",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a} ${ROMAN[b]} ${c}`;
    },
  ],
  [
    "romanised, hyphens, capitals",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a}-${ROMAN[b]?.toUpperCase()}-${c}`;
    },
  ],
  [
    "romanised with region",
    (d) => {
      const [a, b, c] = taxi(d);
      return `${d.one(ROMAN_REGIONS)} ${a} ${ROMAN[b]} ${c}`;
    },
  ],
  [
    "number said in Hangul",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a}${b} ${inHangul(c)}`;
    },
  ],
  [
    "all said in Hangul",
    (d) => {
      const [a, b, c] = recent(d);
      return `${inHangul(a)}${b} ${inHangul(c)}`;
    },
  ],
  [
    "end hidden",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a}${b}${c.slice(0, 2)}${d.one(["**", "XX", "○○"])}`;
    },
  ],
  [
    "number in two parts",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a}${b} ${c.slice(0, 2)} ${c.slice(2)}`;
    },
  ],
  ["decomposed Jamo", (d) => recent(d).join("").normalize("NFD")],
  [
    "letter by letter",
    (d) => {
      const [a, b, c] = recent(d);
      return `${a}${apart(b)}${c}`;
    },
  ],
  [
    "full width with region",
    (d) => {
      const [a, b, c] = oldest(d);
      return `${d.one(REGIONS)} ${fullWidth(a)}${b} ${fullWidth(c)}`;
    },
  ],
]);

const LEADING = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
/** 가 as typed by a broken keyboard: ㄱㅏ. */
const apart = (syllable: string): string => {
  const at = Math.floor((syllable.charCodeAt(0) - 0xac00) / 28);
  return (LEADING[Math.floor(at / 21)] ?? "") + (VOWELS[at % 21] ?? "") + (syllable === "배" ? "" : "");
};
