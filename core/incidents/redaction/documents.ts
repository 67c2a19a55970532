import { digitsOf, type Found, GAP, isBirthday, MASK, type Rule, rule } from "./rule.ts";

/** A number of thirteen digits: born (yymmdd), sex and century, the rest. Nothing of the rest is checked: since October 2020 it is random. */
const WHOLE = `(?<![+\\d])(?<!\\d\\.)(?:\\d{2}${GAP}\\d{2}${GAP}\\d{2}${GAP}\\d${GAP}\\d{6}|\\d(?:[- .]\\d){12})(?!\\d)`;
const SHOWN_OR_NOT = `(?:\\d|${MASK})`;
/** The same with the end, or all but the date, hidden. */
const HIDDEN = `(?<!\\d)\\d{6}${GAP}${SHOWN_OR_NOT}(?:[ ]?${SHOWN_OR_NOT}){6}(?!${SHOWN_OR_NOT})`;

const RESIDENT_CONTEXT = /주민|주번|생년|resident|RRN/i;
const FOREIGNER_CONTEXT = /외국인|거소|foreigner|alien|FRN|ARC/i;

const sexDigit = (value: string): string => value.replaceAll(/[^0-9*xX#○●◯■□]/g, "").charAt(6);
const ofResident = ({ value }: Found): boolean => isBirthday(digitsOf(value)) && /[0-49]/.test(sexDigit(value));
const ofForeigner = ({ value }: Found): boolean => isBirthday(digitsOf(value)) && /[5-8]/.test(sexDigit(value));
const hides = ({ value }: Found): boolean => new RegExp(MASK).test(value);

export const residentNumber: readonly Rule[] = [
  rule("RESIDENT_NUMBER", WHOLE, ofResident),
  // Somebody mistook a digit of the date.
  rule("RESIDENT_NUMBER", "(?<![0-9])\\d{6}[- ]{1,3}[0-49]\\d{6}(?!\\d)"),
  rule("RESIDENT_NUMBER", HIDDEN, (found) => hides(found) && /[0-49*xX#○●◯■□]/.test(sexDigit(found.value))),
  rule("RESIDENT_NUMBER", `(?<!\\d)\\d{6}${GAP}[0-49](?![0-9A-Za-z])`, ({ before }) => RESIDENT_CONTEXT.test(before)),
];

export const foreignerNumber: readonly Rule[] = [
  rule("FOREIGNER_NUMBER", WHOLE, ofForeigner),
  rule("FOREIGNER_NUMBER", "(?<![0-9])\\d{6}[- ]{1,3}[5-8]\\d{6}(?!\\d)"),
  rule("FOREIGNER_NUMBER", HIDDEN, (found) => hides(found) && /[5-8]/.test(sexDigit(found.value))),
  rule("FOREIGNER_NUMBER", `(?<!\\d)\\d{6}${GAP}[5-8](?![0-9A-Za-z])`, ({ before }) => FOREIGNER_CONTEXT.test(before)),
];

const PASSPORT_CONTEXT = /여권|passport/i;

export const passport: readonly Rule[] = [
  // Until 2021 a letter and eight digits; since then a letter after the third digit.
  rule("PASSPORT", "(?<![A-Za-z0-9])[MSRDOG][- ]?\\d{3}[- ]?(?:\\d|[A-Z])[- ]?\\d{4}(?![A-Za-z0-9])"),
  rule(
    "PASSPORT",
    "(?<![A-Za-z0-9])[A-Z]{1,2}[- ]?\\d{3}[- ]?[0-9A-Z]\\d{2,5}(?![A-Za-z0-9])",
    ({ before }) => PASSPORT_CONTEXT.test(before),
    "i",
  ),
  rule("PASSPORT", "(?<![A-Za-z0-9])\\d{7,9}(?![A-Za-z0-9])", ({ before }) =>
    /(?:여권|passport)[^0-9]{0,14}$/i.test(before),
  ),
];

/** Regions on older driver licences and number plates; a group of a pattern. */
export const REGION = "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)";

const LICENCE_CONTEXT = /면허|licen[cs]e/i;

export const driverLicence: readonly Rule[] = [
  rule("DRIVER_LICENCE", "(?<![0-9])[12]\\d[-. \\n/]{1,3}\\d{2}[-. \\n/]{1,3}\\d{6}[-. \\n/]{1,3}\\d{2}(?![0-9])"),
  rule("DRIVER_LICENCE", `${REGION}[-. ]{0,3}\\d{2}[-. ]{1,3}\\d{6}[-. ]{1,3}\\d{2}(?![0-9])`),
  rule("DRIVER_LICENCE", `(?<![0-9])(?:${REGION}${GAP})?\\d(?:${GAP}\\d){9,11}(?![0-9])`, ({ before }) =>
    LICENCE_CONTEXT.test(before),
  ),
];
