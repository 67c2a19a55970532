import { type Draw, fullWidth, inEnglish, inHangul, separated, spelled } from "../draw.ts";
import { roman } from "./people.ts";

/** Ministry of Science and ICT, numbering plan: 010 with eight digits; what is left of 011, 016–019 with seven or eight. */
const mobile = ({ digits, int }: Draw): string[] => ["010", `${int(2, 9)}${digits(3)}`, digits(4)];
const early = ({ digits, int, one }: Draw): string[] => [
  one(["011", "016", "017", "018", "019"]),
  `${int(2, 9)}${digits(one([2, 3]))}`,
  digits(4),
];
const AREAS = [
  "02",
  "031",
  "032",
  "033",
  "041",
  "042",
  "043",
  "044",
  "051",
  "052",
  "053",
  "054",
  "055",
  "061",
  "062",
  "063",
  "064",
];
const landline = ({ digits, int, one }: Draw): string[] => [
  one([...AREAS, "062", "062", "062"]),
  `${int(2, 9)}${digits(one([2, 3]))}`,
  digits(4),
];
const service = ({ digits, int, one }: Draw): string[] => [
  one(["070", "080", "0502", "0503", "0504", "0505", "0507", "0508"]),
  `${int(2, 9)}${digits(one([2, 3]))}`,
  digits(4),
];
const firm = ({ digits, one }: Draw): string[] => [
  one([
    "1522",
    "1533",
    "1544",
    "1566",
    "1577",
    "1588",
    "1599",
    "1600",
    "1644",
    "1661",
    "1666",
    "1670",
    "1688",
    "1800",
    "1811",
    "1833",
    "1855",
    "1877",
    "1899",
  ]),
  digits(4),
];

const said = (d: Draw, groups: readonly string[], between: string): string => {
  const zero = d.one(["공", "영"]);
  return groups.map((group) => inHangul(group, zero)).join(between);
};
const PREFIXES = ["+82-", "+82 ", "+82", "82-", "0082-", "0082 ", "(+82) ", "+82.", "+82)", "＋82-"];
const CALL = ["전화 ", "연락처 ", "전화번호: ", "휴대폰 ", "연락처는 ", "tel. ", "☎ ", "폰번호 "];

export const phone = spelled([
  ...separated("mobile", mobile),
  ...separated("early mobile", early, ["hyphen", "glued", "blank", "dot", "long dash", "full width"]),
  ...separated("landline", landline, [
    "hyphen",
    "glued",
    "blank",
    "dot",
    "long dash",
    "full width",
    "hyphen between blanks",
    "line break",
    "zero-width space",
  ]),
  ...separated("internet and personal", service, ["hyphen", "glued", "blank", "dot", "long dash", "full width"]),
  ...separated("firm", firm, ["hyphen", "blank", "dot", "long dash", "full width", "hyphen between blanks"]),
  ["firm, glued, announced", (d) => ({ before: d.one(CALL), secret: firm(d).join("") })],
  [
    "code in brackets",
    (d) => {
      const [a, b, c] = d.one([mobile, landline])(d);
      return `(${a}) ${b}-${c}`;
    },
  ],
  [
    "code in brackets, glued",
    (d) => {
      const [a, b, c] = d.one([mobile, landline])(d);
      return `(${a})${b}-${c}`;
    },
  ],
  [
    "code with half a bracket",
    (d) => {
      const [a, b, c] = d.one([mobile, landline])(d);
      return `${a})${b}-${c}`;
    },
  ],
  [
    "country code, mobile",
    (d) =>
      d.one(PREFIXES) +
      mobile(d)
        .join(d.one(["-", " ", ""]))
        .slice(1),
  ],
  [
    "country code, landline",
    (d) =>
      d.one(PREFIXES) +
      landline(d)
        .join(d.one(["-", " "]))
        .slice(1),
  ],
  [
    "country code and zero",
    (d) => `${d.one(["+82", "+82-", "+82 ", "0082-"])}${d.one(["(0)", "0"])}${mobile(d).join("-").slice(1)}`,
  ],
  ["said, blanks", (d) => said(d, mobile(d), " ")],
  ["said, glued", (d) => said(d, mobile(d), "")],
  ["said, hyphens", (d) => said(d, mobile(d), "-")],
  ["said, with 에", (d) => said(d, mobile(d), d.one(["에 ", "에", " 에 "]))],
  ["said, with 다시", (d) => said(d, mobile(d), d.one([" 다시 ", "다시 "]))],
  ["said, landline", (d) => said(d, landline(d), d.one([" ", "-", "에 "]))],
  ["said, digit by digit", (d) => [...said(d, mobile(d), "")].join(" ")],
  [
    "said in part, the end",
    (d) => {
      const [a, b, c] = mobile(d);
      return `${a}-${b}-${inHangul(c ?? "")}`;
    },
  ],
  [
    "said in part, the start",
    (d) => {
      const [a, b, c] = mobile(d);
      return `${inHangul(a ?? "")}-${b}-${c}`;
    },
  ],
  ["digits with 에", (d) => mobile(d).join(d.one(["에 ", "에"]))],
  ["in English words", (d) => inEnglish(mobile(d).join(""))],
  [
    "in English words, groups",
    (d) =>
      mobile(d)
        .map(inEnglish)
        .join(d.one([", ", " - "])),
  ],
  ["in English words, oh", (d) => mobile(d).map(inEnglish).join(", ").replaceAll("zero", "oh")],
  ["in English words, landline", (d) => landline(d).map(inEnglish).join(", ")],
  ["single digits", (d) => [...mobile(d).join("")].join(" ")],
  ["single digits, hyphens", (d) => [...mobile(d).join("")].join("-")],
  [
    "other groups",
    (d) => {
      const all = mobile(d).join("");
      return d
        .one([[3, 7], [4, 8], [5, 8], [3, 5, 8], [7]])
        .reduceRight((text, at) => `${text.slice(0, at)}${"-"}${text.slice(at)}`, all);
    },
  ],
  [
    "first hyphen only",
    (d) => {
      const [a, b, c] = mobile(d);
      return `${a}-${b}${c}`;
    },
  ],
  ["letter O for zero", (d) => `${d.one(["O1O", "o1o", "O10", "01O"])}-${mobile(d).slice(1).join("-")}`],
  ["letter l for one", (d) => `0${d.one(["l", "I"])}0-${mobile(d).slice(1).join("-")}`],
  [
    "middle hidden",
    (d) => {
      const [a, , c] = mobile(d);
      return `${a}-${d.one(["****", "XXXX", "○○○○"])}-${c}`;
    },
  ],
  [
    "end hidden",
    (d) => {
      const [a, b] = mobile(d);
      return `${a}-${b}-${d.one(["****", "xxxx"])}`;
    },
  ],
  ["other signs", (d) => mobile(d).join(d.one([":", "|", "=", "*", "'", "+", ";", "…", "→", "♥"]))],
  ["keycaps", (d) => mobile(d).join("").replaceAll(/\d/g, "$&\uFE0F\u20E3")],
  [
    "circled digits",
    (d) =>
      mobile(d)
        .join("-")
        .replaceAll(/\d/g, (digit) => "⓪①②③④⑤⑥⑦⑧⑨"[Number(digit)] ?? ""),
  ],
  [
    "superscript",
    (d) =>
      mobile(d)
        .join("-")
        .replaceAll(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? ""),
  ],
  [
    "bold digits",
    (d) =>
      mobile(d)
        .join("-")
        .replaceAll(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  ],
  [
    "zero-width in a group",
    (d) => {
      const [a, b, c] = mobile(d);
      return `${a}-${b?.slice(0, 2)}\u200B${b?.slice(2)}-${c}`;
    },
  ],
  ["without the area, announced", (d) => ({ before: d.one(CALL), secret: landline(d).slice(1).join("-") })],
  [
    "glued to a word",
    (d) => ({ before: d.one(["연락처", "전화", "TEL", "T.", "H.P", "HP:", "폰"]), secret: mobile(d).join("-") }),
  ],
  [
    "Chinese digits",
    (d) =>
      mobile(d)
        .join("-")
        .replaceAll(/\d/g, (digit) => "〇一二三四五六七八九"[Number(digit)] ?? ""),
  ],
]);

const DOMAINS = [
  "naver.com",
  "gmail.com",
  "daum.net",
  "hanmail.net",
  "nate.com",
  "kakao.com",
  "korea.kr",
  "gwangju.go.kr",
  "jnu.ac.kr",
  "outlook.com",
  "yahoo.co.kr",
  "chosun.ac.kr",
  "icloud.com",
  "gist.ac.kr",
  "example.org",
];
const IN_HANGUL = ["네이버", "지메일", "다음", "한메일", "네이트", "카카오"];
const local = (d: Draw): string => {
  const { first, last } = roman(d);
  const [a, b] = [first.toLowerCase().replaceAll("-", ""), last.toLowerCase()];
  return d.one([
    `${a}${d.digits(2)}`,
    `${a}.${b}`,
    `${b}_${a}`,
    `${b}${a}${d.int(60, 99)}`,
    `${a[0]}${b}${d.digits(4)}`,
    `${a}-${b}`,
    `${a}+112`,
  ]);
};
const mail = (d: Draw, at: string, dot: string): string => `${local(d)}${at}${d.mine(DOMAINS).replaceAll(".", dot)}`;

export const email = spelled([
  ["plain", (d) => mail(d, "@", ".")],
  ["capitals", (d) => mail(d, "@", ".").toUpperCase()],
  ["full width", (d) => fullWidth(mail(d, "@", "."))],
  ["full width at", (d) => mail(d, "＠", ".")],
  ["(at)", (d) => mail(d, d.one(["(at)", " (at) ", "[at]", " [at] ", "(AT)", "{at}", "<at>"]), ".")],
  ["at and dot in words", (d) => mail(d, " at ", " dot ")],
  ["at and dot in brackets", (d) => mail(d, d.one(["(at)", "[at]"]), d.one(["(dot)", "[dot]", " [dot] "]))],
  ["골뱅이", (d) => mail(d, d.one(["골뱅이", " 골뱅이 ", "(골뱅이)", " (골뱅이) "]), ".")],
  ["골뱅이 and 닷", (d) => mail(d, d.one([" 골뱅이 ", "골뱅이"]), d.one([" 닷 ", "닷", " 점 "]))],
  [
    "골뱅이 and a host in Hangul",
    (d) => `${local(d)} 골뱅이 ${d.one(IN_HANGUL)}${d.one([" 닷컴", "닷컴", " 점 컴", "", ".com", " 닷 컴"])}`,
  ],
  ["at sign and 닷", (d) => mail(d, "@", d.one([" 닷 ", "닷", "(닷)"]))],
  ["blanks around at", (d) => mail(d, " @ ", ".")],
  ["blanks around the dot", (d) => mail(d, "@", " . ")],
  ["comma for the dot", (d) => mail(d, "@", ",")],
  ["zero-width space", (d) => mail(d, "@\u200B", ".")],
  ["in angle brackets", (d) => `<${mail(d, "@", ".")}>`.slice(1, -1)],
  ["앳", (d) => mail(d, d.one(["앳", " 앳 "]), d.one([".", "닷"]))],
  ["line break", (d) => mail(d, "@\n", ".")],
]);

const user = (d: Draw): string =>
  d
    .one([`${local(d).split(/[+-]/)[0]}`, `${roman(d).first.toLowerCase().replaceAll("-", "")}_${d.digits(2)}`])
    .replaceAll(/[^a-z0-9_.]/g, "");
const SERVICES = [
  "인스타그램",
  "인스타",
  "페이스북",
  "트위터",
  "카카오톡",
  "카톡",
  "텔레그램",
  "유튜브",
  "틱톡",
  "라인",
];
const SITES = [
  "instagram.com/",
  "www.facebook.com/",
  "x.com/",
  "twitter.com/",
  "t.me/",
  "www.tiktok.com/@",
  "youtube.com/@",
  "blog.naver.com/",
  "github.com/",
  "open.kakao.com/o/",
  "www.linkedin.com/in/",
  "threads.net/@",
];

export const handle = spelled([
  ["with an at sign", (d) => `@${user(d)}`],
  ["full width at sign", (d) => `＠${user(d)}`],
  [
    "service and id",
    (d) => ({
      before: `${d.mine(SERVICES)} ${d.one(["아이디 ", "ID ", "아이디는 ", "계정 ", "아이디: ", "id: "])}`,
      secret: user(d),
    }),
  ],
  ["service alone", (d) => ({ before: `${d.mine(SERVICES)} `, secret: `${user(d)}_${d.digits(1)}` })],
  [
    "service in English",
    (d) => ({
      before: d.one(["Instagram: ", "Telegram ID ", "KakaoTalk ID: ", "Twitter handle ", "Line ID "]),
      secret: user(d),
    }),
  ],
  ["address of a page", (d) => `https://${d.mine(SITES)}${user(d)}`],
  ["address without scheme", (d) => `${d.mine(SITES)}${user(d)}`],
  [
    "profile page of any site",
    (d) => `https://forum.example.kr/${d.one(["user/", "users/", "@", "~", "profile/", "u/"])}${user(d)}`,
  ],
  [
    "user in the query",
    (d) => `https://app.example.kr/view?${d.one(["user=", "id=", "userid=", "name=", "page=2&uid="])}${user(d)}`,
  ],
]);
