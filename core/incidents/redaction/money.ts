import { digitsOf, type Found, MASK, type Rule, rule } from "./rule.ts";

const CARD_CONTEXT = /카드|card|visa|비자|마스터|amex|아멕스/i;
const near = (context: RegExp, { before, after }: Found): boolean =>
  context.test(before.slice(-25)) || context.test(after.slice(0, 8));

/** A sign, perhaps between blanks; a break of the line. */
const GROUP_GAP = "(?:[ ]{0,2}|[ ]?-{1,2}[ ]?|[.,/_~]|-?\\n)";

/** ISO/IEC 7812-1 annex B. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** 2019 2020 2021 2022. */
const areYears = (value: string): boolean => (value.match(/(?:1[5-9]|20)\d{2}/g) ?? []).length === 4;

/** Diners Club has fourteen digits, American Express fifteen. */
const isCard = (digits: string): boolean =>
  luhn(digits) &&
  /^[2-69]/.test(digits) &&
  (digits.length >= 16 || (digits.length === 15 ? /^3[47]/ : /^3[0689]/).test(digits));

export const card: readonly Rule[] = [
  // Written in its groups it is a card, whoever mistyped a digit.
  rule(
    "CARD",
    "(?<![0-9])(?<![0-9A-Za-z]-)\\d{4}(?<gap>[-. \\n,_/~]{1,3})\\d{4}\\k<gap>\\d{4}\\k<gap>\\d{4}(?![0-9]|-[0-9A-Za-z])",
    (found) => near(CARD_CONTEXT, found) || luhn(digitsOf(found.value)) || !areYears(found.value),
  ),
  rule("CARD", "(?<![0-9])3[47]\\d{2}[-. \\n,_/]{1,3}\\d{6}[-. \\n,_/]{1,3}\\d{5}(?![0-9])"),
  ...[14, 15, 16, 19].map((length) =>
    rule(
      "CARD",
      `(?<![0-9])(?<!\\d\\.|[0-9A-Za-z]-)\\d(?:${GROUP_GAP}\\d){${length - 1}}(?![0-9]|-[0-9A-Za-z])`,
      (found) => near(CARD_CONTEXT, found) || isCard(digitsOf(found.value)),
    ),
  ),
  rule(
    "CARD",
    `(?<![0-9])\\d{4}[-. ]{0,3}(?:\\d|${MASK}){4}[-. ]{0,3}(?:\\d|${MASK}){4}[-. ]{0,3}(?:\\d|${MASK}){3,4}(?![0-9*])`,
    ({ value }) => new RegExp(MASK).test(value),
  ),
];

const BANK =
  "국민|KB|신한|우리|하나|KEB|농협|NH|기업|IBK|카카오뱅크|카뱅|카카오|토스|케이뱅크|새마을|우체국|제일|SC|씨티|수협|신협|산업|KDB|광주|전북|부산|대구|아이엠|경남|제주|저축|bank";
const BANK_BEFORE = new RegExp(
  `(?:${BANK}|은행|뱅크|금고|계좌|통장|입금|송금|이체|account|acct|a/c)[^0-9]{0,14}$`,
  "i",
);
const BANK_AFTER = new RegExp(`^[ ,(]{0,3}(?:${BANK}|은행|계좌)`, "i");
/** A telephone number has a bank's length; the bank must be named with more than a word that is also a place or "our". */
const TELEPHONE = /^(?:01[016789]|0[2-6]\d?|070|080|050\d|82\d{2})\d{7,8}$/;
/** A driver licence under its region's name. */
const LICENCE = /^\d{2}[-. ]{0,3}\d{6}[-. ]{0,3}\d{2}$/;
const SURELY = /은행|뱅크|계좌|통장|입금|송금|이체|account|acct|a\/c/i;

export const account: readonly Rule[] = [
  rule("ACCOUNT", `(?<![0-9])(?<!\\d\\.)\\d(?:${GROUP_GAP}\\d){8,15}(?![0-9])`, ({ value, before, after }) => {
    if (!BANK_BEFORE.test(before) && !BANK_AFTER.test(after)) return false;
    if (SURELY.test(before.slice(-20)) || SURELY.test(after.slice(0, 12))) return true;
    return !TELEPHONE.test(digitsOf(value)) && !LICENCE.test(value);
  }),
];
