import { type Draw, fullWidth, inHangul, separated, spelled } from "../draw.ts";

/** Ministry of the Interior: yymmdd, sex and century, then a region and serial number with a check digit, since October 2020 six random digits. */
const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

function checkDigit(twelve: string, foreign: boolean): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(twelve[i]), 0);
  return String((foreign ? 13 - (sum % 11) : 11 - (sum % 11)) % 10);
}

type Sort = "checked" | "random";

/** The two halves of a number. */
function halves({ int, padded, digits, one }: Draw, sort: Sort, foreign: boolean): [string, string] {
  const young = sort === "random" && int(0, 1) === 1;
  const year = young ? int(2020, 2026) : int(1930, 2019);
  const date = `${String(year % 100).padStart(2, "0")}${padded(1, 12, 2)}${padded(1, 28, 2)}`;
  const sex = String((year < 2000 ? one([1, 2]) : one([3, 4])) + (foreign ? 4 : 0));
  const rest = sort === "random" ? unchecked(`${date}${sex}`, digits(6), foreign) : digits(5);
  const twelve = `${date}${sex}${rest}`.slice(0, 12);
  return [date, `${sex}${rest}${sort === "checked" ? checkDigit(twelve, foreign) : ""}`];
}

/** Random digits that the old check digit does not happen to fit. */
function unchecked(first: string, rest: string, foreign: boolean): string {
  const fits = checkDigit(`${first}${rest}`.slice(0, 12), foreign) === rest[5];
  return fits ? rest.slice(0, 5) + String((Number(rest[5]) + 1) % 10) : rest;
}

const number = (foreign: boolean) => {
  const context = foreign
    ? ["외국인등록번호 ", "외국인번호: ", "국내거소신고번호 "]
    : ["주민번호 앞자리 ", "주민등록번호: ", "주민번호는 "];
  const sorts: Sort[] = ["checked", "random"];
  return spelled([
    ...sorts.flatMap((sort) => separated(`issued ${sort}`, (d) => halves(d, sort, foreign))),
    ["sex digit, rest starred", (d) => halves(d, "random", foreign).join("-").slice(0, 8).padEnd(14, "*")],
    [
      "sex digit, rest crossed",
      (d) =>
        halves(d, "random", foreign)
          .join("-")
          .slice(0, 8)
          .padEnd(14, d.one(["x", "X", "#", "○", "●"])),
    ],
    ["region kept, rest starred", (d) => halves(d, "random", foreign).join("-").slice(0, d.int(9, 12)).padEnd(14, "*")],
    ["starred without hyphen", (d) => halves(d, "random", foreign).join("").slice(0, 7).padEnd(13, "*")],
    ["starred after a blank", (d) => halves(d, "random", foreign).join(" ").slice(0, 8).padEnd(14, "*")],
    [
      "first seven only",
      (d) => ({ before: d.one(context), secret: halves(d, "random", foreign).join("-").slice(0, 8) }),
    ],
    ["single digits", (d) => [...halves(d, "random", foreign).join("")].join(" ")],
    ["date with dots", (d) => dotted(halves(d, "random", foreign), ".")],
    ["date with blanks", (d) => dotted(halves(d, "random", foreign), " ")],
    [
      "date in brackets",
      (d) => {
        const [date, rest] = halves(d, "random", foreign);
        return `(${date})${rest}`;
      },
    ],
    [
      "rest in groups",
      (d) => {
        const [date, rest] = halves(d, "random", foreign);
        return `${date}-${rest.slice(0, 1)} ${rest.slice(1)}`;
      },
    ],
    [
      "said in Hangul",
      (d) =>
        halves(d, "random", foreign)
          .map((half) => inHangul(half, d.one(["공", "영"])))
          .join(d.one([" ", " 다시 ", "-", " 에 "])),
    ],
    [
      "half full width",
      (d) => {
        const [date, rest] = halves(d, "random", foreign);
        return `${date}-${fullWidth(rest)}`;
      },
    ],
  ]);
};

const dotted = ([date, rest]: readonly [string, string], dot: string): string =>
  `${date.slice(0, 2)}${dot}${date.slice(2, 4)}${dot}${date.slice(4)}-${rest}`;

export const residentNumber = number(false);
export const foreignerNumber = number(true);

/** Ministry of Foreign Affairs: a letter of the sort and eight digits; issued since December 2021: three digits, a letter, four digits. */
const old = ({ one, digits }: Draw): string => one(["M", "M", "M", "S", "R", "O", "D"]) + digits(8);
const recent = ({ one, digits }: Draw): string =>
  `${one(["M", "M", "S", "R"])}${digits(3)}${one([..."ABCDEFGHJKLMNPRSTUVWXYZ"])}${digits(4)}`;
const either = (d: Draw): string => d.one([old, recent])(d);
const SAYS = ["여권번호 ", "여권번호: ", "여권 ", "여권번호는 ", "passport no. ", "Passport: "];

export const passport = spelled([
  ["until 2021", old],
  ["since 2021", recent],
  ["announced, until 2021", (d) => ({ before: d.one(SAYS), secret: old(d) })],
  ["announced, since 2021", (d) => ({ before: d.one(SAYS), secret: recent(d) })],
  ["small letters, announced", (d) => ({ before: d.one(SAYS), secret: either(d).toLowerCase() })],
  ["blank after the letter", (d) => ({ before: d.one(SAYS), secret: either(d).replace(/^./, "$& ") })],
  [
    "hyphen after the letter",
    (d) => {
      const it = either(d);
      return `${it[0]}-${it.slice(1)}`;
    },
  ],
  [
    "in groups",
    (d) => {
      const it = either(d);
      return `${it.slice(0, 4)} ${it.slice(4)}`;
    },
  ],
  ["full width", (d) => fullWidth(either(d))],
  [
    "zero-width space",
    (d) => {
      const it = either(d);
      return `${it.slice(0, 4)}\u200B${it.slice(4)}`;
    },
  ],
  ["letter forgotten", (d) => ({ before: d.one(["여권번호 ", "여권번호는 ", "여권번호: "]), secret: d.digits(8) })],
  [
    "foreign, two letters",
    (d) => ({ before: d.one(SAYS), secret: d.one(["EA", "PA", "TK", "CB", "GN"]) + d.digits(7) }),
  ],
  [
    "foreign, one letter",
    (d) => ({ before: d.one(SAYS), secret: d.one(["C", "E", "N", "B"]) + d.digits(d.one([7, 8])) }),
  ],
]);

/** National Police Agency: region (11 Seoul … 28), year, serial number, check; before, the region in words. */
const licence = ({ one, padded, digits }: Draw): string[] => [
  one(["11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "28"]),
  padded(0, 99, 2),
  digits(6),
  padded(10, 99, 2),
];
const region = ({ one }: Draw): string =>
  one([
    "서울",
    "부산",
    "경기",
    "강원",
    "충북",
    "충남",
    "전북",
    "전남",
    "경북",
    "경남",
    "제주",
    "대구",
    "인천",
    "광주",
    "대전",
    "울산",
  ]);
const ANNOUNCED = ["면허번호 ", "운전면허 ", "운전면허번호: ", "면허번호는 ", "면허증 번호 "];

export const driverLicence = spelled([
  ...separated("digits", licence, [
    "hyphen",
    "blank",
    "dot",
    "hyphen between blanks",
    "long dash",
    "full width",
    "zero-width space",
    "double hyphen",
    "hard blank",
    "line break",
  ]),
  ["announced, glued", (d) => ({ before: d.one(ANNOUNCED), secret: licence(d).join("") })],
  ["announced, hyphens", (d) => ({ before: d.one(ANNOUNCED), secret: licence(d).join("-") })],
  [
    "announced, lost separator",
    (d) => {
      const [a, b, c, e] = licence(d);
      return { before: d.one(ANNOUNCED), secret: `${a}-${b}${c}-${e}` };
    },
  ],
  ["region in words", (d) => `${region(d)} ${licence(d).slice(1).join("-")}`],
  ["region in words, hyphens", (d) => `${region(d)}-${licence(d).slice(1).join("-")}`],
  ["region in words, blanks", (d) => `${region(d)} ${licence(d).slice(1).join(" ")}`],
  [
    "region in words, glued, announced",
    (d) => ({ before: d.one(ANNOUNCED), secret: `${region(d)}${licence(d).slice(1).join("")}` }),
  ],
]);
