import { MAC_ADDRESS } from "../../edge/identifier.ts";
import { digitsOf, type Rule, rule } from "./rule.ts";

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d{2}|\\d{1,2})";
const VERSION = /(?:v|ver\.?|version|버전|버젼|펌웨어|firmware|release|판|절|조항|section|§)[ :]{0,2}$/i;

const MAC_CONTEXT = /(?:MAC|맥)[^0-9a-f]{0,10}$/i;

export const device: readonly Rule[] = [
  rule("DEVICE", `(?<![0-9.])${OCTET}(?:\\.${OCTET}){3}(?![0-9]|\\.\\d)(?::\\d{2,5}(?!\\d))?`, ({ value, before }) => {
    // 3.2.1.4 is a section or a version.
    return !VERSION.test(before) && value.split(".").some((octet) => Number.parseInt(octet, 10) >= 10);
  }),
  rule("DEVICE", "(?<![0-9A-Fa-f:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![0-9a-f:])", undefined, "i"),
  rule(
    "DEVICE",
    "(?<![0-9A-Fa-f:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![0-9a-f:])",
    ({ value }) => digitsOf(value).length >= 2 && /[a-f]|\d{3}/i.test(value),
    "i",
  ),
  rule(
    "DEVICE",
    "(?<![0-9a-z])[0-9a-f]{2}(?:[ .][0-9a-f]{2}){5}(?![0-9a-z])",
    ({ before }) => MAC_CONTEXT.test(before),
    "i",
  ),
  rule("DEVICE", MAC_ADDRESS, undefined, "i"),
  rule("DEVICE", "(?<![0-9a-z.])[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}(?![0-9a-z]|\\.[0-9a-z])", undefined, "i"),
  rule("DEVICE", "(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])", ({ before }) => MAC_CONTEXT.test(before), "i"),
  rule("DEVICE", "(?<![0-9])\\d{2}[- ]?\\d{6}[- ]?\\d{6}[- ]?\\d(?![0-9])", ({ before }) =>
    /IMEI|단말|기기/i.test(before),
  ),
];
