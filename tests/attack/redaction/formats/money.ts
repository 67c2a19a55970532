import { type Draw, fullWidth, inHangul, separated, spelled } from "../draw.ts";
import { koreanName } from "./people.ts";

/** ISO/IEC 7812-1: the last digit makes the weighted sum a multiple of ten. */
function withCheck(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
const ISSUERS = ["4", "4", "51", "53", "55", "2221", "2720", "62", "3528", "9410", "9490", "5272", "6250", "9445"];
const sixteen = (d: Draw): string => {
  const issuer = d.one(ISSUERS);
  return withCheck(issuer + d.digits(15 - issuer.length));
};
const wrong = (d: Draw): string => {
  const right = sixteen(d);
  return right.slice(0, 15) + String((Number(right[15]) + d.int(1, 9)) % 10);
};
const express = (d: Draw): string => withCheck(d.one(["34", "37"]) + d.digits(12));
const fours = (digits: string): string[] => digits.match(/.{1,4}/g) ?? [];
const SAYS = ["카드 ", "카드번호 ", "카드번호: ", "신용카드 ", "체크카드 번호는 ", "카드번호는 ", "card ", "card no. "];

export const card = spelled([
  ...separated("sixteen", (d) => fours(sixteen(d))),
  ...separated(
    "American Express",
    (d) => {
      const it = express(d);
      return [it.slice(0, 4), it.slice(4, 10), it.slice(10)];
    },
    ["hyphen", "glued", "blank", "dot", "long dash", "full width", "hyphen between blanks"],
  ),
  ["announced, check digit wrong, glued", (d) => ({ before: d.one(SAYS), secret: wrong(d) })],
  ["announced, check digit wrong, hyphens", (d) => ({ before: d.one(SAYS), secret: fours(wrong(d)).join("-") })],
  ["announced, check digit wrong, blanks", (d) => ({ before: d.one(SAYS), secret: fours(wrong(d)).join(" ") })],
  [
    "announced, fifteen, check digit wrong",
    (d) => {
      const it = express(d);
      return { before: d.one(SAYS), secret: it.slice(0, 14) + String((Number(it[14]) + 1) % 10) };
    },
  ],
  ["Diners Club, fourteen", (d) => withCheck(d.one(["36", "38", "39"]) + d.digits(11))],
  [
    "middle hidden",
    (d) => {
      const [a, b, , e] = fours(sixteen(d));
      return `${a}-${b?.slice(0, 2)}**-****-${e}`;
    },
  ],
  [
    "end hidden",
    (d) => {
      const [a, b, c] = fours(sixteen(d));
      return `${a}-${b}-${c}-****`;
    },
  ],
  ["two by two", (d) => (sixteen(d).match(/../g) ?? []).join(" ")],
  [
    "eight and eight",
    (d) => {
      const it = sixteen(d);
      return `${it.slice(0, 8)} ${it.slice(8)}`;
    },
  ],
  ["single digits", (d) => [...sixteen(d)].join(" ")],
  [
    "said in Hangul",
    (d) =>
      fours(sixteen(d))
        .map((group) => inHangul(group))
        .join(" "),
  ],
]);

/** Account numbers as the banks print them: lengths of the groups. */
const BANKS: readonly (readonly [readonly string[], (draw: Draw) => string[]])[] = [
  [["국민은행", "국민", "KB국민은행"], (d) => [d.digits(6), d.padded(1, 99, 2), d.digits(6)]],
  [["신한은행", "신한"], (d) => ["110", d.digits(3), d.digits(6)]],
  [["우리은행", "우리"], (d) => ["1002", d.digits(3), d.digits(6)]],
  [["하나은행", "하나", "KEB하나은행"], (d) => [d.digits(3), d.digits(6), d.digits(5)]],
  [["농협", "농협은행", "NH농협"], (d) => ["301", d.digits(4), d.digits(4), d.padded(1, 99, 2)]],
  [["기업은행", "IBK기업은행", "기업"], (d) => [d.digits(3), d.digits(6), d.padded(1, 99, 2), d.digits(3)]],
  [["카카오뱅크", "카뱅"], (d) => ["3333", d.padded(1, 30, 2), d.digits(7)]],
  [["토스뱅크", "토스"], (d) => ["1000", d.digits(4), d.digits(4)]],
  [["케이뱅크"], (d) => ["100", d.digits(3), d.digits(6)]],
  [["새마을금고"], (d) => ["9002", d.digits(4), d.digits(4), d.digits(1)]],
  [["우체국", "우체국예금"], (d) => [d.digits(6), d.padded(1, 99, 2), d.digits(6)]],
  [["광주은행"], (d) => [d.digits(3), d.digits(3), d.digits(6)]],
  [["전북은행"], (d) => [d.digits(3), d.digits(2), d.digits(7)]],
  [["SC제일은행", "제일은행"], (d) => [d.digits(3), d.digits(2), d.digits(6)]],
  [["씨티은행"], (d) => [d.digits(3), d.digits(6), d.digits(3)]],
  [["수협", "수협은행"], (d) => [d.digits(4), d.digits(4), d.digits(4)]],
  [["신협"], (d) => ["132", d.digits(3), d.digits(6)]],
  [["부산은행"], (d) => [d.digits(3), d.digits(4), d.digits(4), d.digits(2)]],
  [["아이엠뱅크", "대구은행"], (d) => [d.digits(3), d.digits(2), d.digits(6), d.digits(1)]],
];
type Account = { readonly bank: string; readonly groups: string[] };
const drawn = (d: Draw): Account => {
  const [names, groups] = d.one(BANKS);
  return { bank: d.one(names), groups: groups(d) };
};
const behind =
  (how: (groups: string[], d: Draw) => string, between: readonly string[] = [" ", ": ", " 계좌 "]) =>
  (d: Draw) => {
    const { bank, groups } = drawn(d);
    return { before: bank + d.one(between), secret: how(groups, d) };
  };

export const account = spelled([
  ["bank, hyphens", behind((groups) => groups.join("-"))],
  ["bank, hyphens, glued", behind((groups) => groups.join("-"), [""])],
  ["bank, no hyphens", behind((groups) => groups.join(""))],
  ["bank, blanks", behind((groups) => groups.join(" "))],
  ["bank, dots", behind((groups) => groups.join("."))],
  ["bank, hyphens between blanks", behind((groups) => groups.join(" - "))],
  ["bank, long dashes", behind((groups, d) => groups.join(d.one(["–", "—", "－"])))],
  ["bank, full width", behind((groups) => fullWidth(groups.join("-")))],
  ["bank, zero-width space", behind((groups) => groups.join("-\u200B"))],
  [
    "bank in brackets",
    (d) => {
      const { bank, groups } = drawn(d);
      return { before: `(${bank}) `, secret: groups.join("-") };
    },
  ],
  ["bank on the line above", behind((groups) => groups.join("-"), ["\n"])],
  ["bank and 계좌번호", behind((groups) => groups.join("-"), [" 계좌번호 ", " 계좌번호: ", " 계좌로 ", "은 계좌 "])],
  [
    "bank and the holder",
    (d) => {
      const { bank, groups } = drawn(d);
      return { before: `${bank} ${koreanName(d)} `, secret: groups.join("-") };
    },
  ],
  [
    "bank behind",
    (d) => {
      const { bank, groups } = drawn(d);
      return { secret: groups.join("-"), after: d.one([` (${bank})`, ` ${bank}`, `(${bank})`, `, ${bank}`]) };
    },
  ],
  [
    "bank behind, no hyphens",
    (d) => {
      const { bank, groups } = drawn(d);
      return { secret: groups.join(""), after: ` ${bank}` };
    },
  ],
  [
    "계좌번호, no bank",
    (d) => ({
      before: d.one(["계좌번호 ", "계좌번호: ", "계좌번호는 ", "계좌: ", "입금계좌 ", "통장번호 "]),
      secret: drawn(d).groups.join(d.one(["-", "", " "])),
    }),
  ],
  [
    "transfer, no bank",
    (d) => ({
      before: d.one(["입금 계좌 ", "송금 계좌: ", "account no. ", "account number: "]),
      secret: drawn(d).groups.join("-"),
    }),
  ],
  ["a hyphen lost", behind(([first, second, ...rest]) => [`${first}${second}`, ...rest].join("-"))],
  ["bank, said in Hangul", behind((groups) => groups.map((group) => inHangul(group)).join(" "), [" "])],
  ["bank, line break", behind(([first, ...rest]) => `${first}-\n${rest.join("-")}`)],
]);
