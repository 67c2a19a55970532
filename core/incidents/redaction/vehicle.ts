import { PLATE_SYLLABLES } from "../../edge/identifier.ts";
import { REGION } from "./documents.ts";
import { type Found, MASK, type Rule, rule } from "./rule.ts";

/** The use of the vehicle: private, commercial (바사아자), rented (하허호), parcels (배). */
const USE = "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자하허호배]";
const DIGIT = "[0-9공영일이삼사오육칠팔구]";
const GAP = "[-._,/ \\n·]{0,3}";
const LAST = "(?:\\d{4}|\\d{2}[ ]\\d{2}|[공영일이삼사오육칠팔구]{2}[ ]?[공영일이삼사오육칠팔구]{2})";
const PLACE = "[가-힣]{1,4}";
const ROMAN_REGION =
  "(?:seoul|busan|daegu|incheon|gwangju|daejeon|ulsan|sejong|gyeonggi|gangwon|chungbuk|chungnam|jeonbuk|jeonnam|gyeongbuk|gyeongnam|jeju)";

/** 예산 15조 3000억, 12주 1500명, 기온 30도 2026년: a count, not a plate. */
const COUNTED =
  /^\s?(?:억|만[ ]?(?:원|명|건|개|대|호|세대|여)|여[ ]?(?:명|건|개|대)|원|년|명|개|미터|m(?![A-Za-z])|km|mm|kg|세대|건|시|분|%|℃|호(?![0-9])|번지)|^[.:]\d/;
const isPlate = ({ after }: Found): boolean => !COUNTED.test(after);

export const plate: readonly Rule[] = [
  rule("PLATE", `(?:${REGION}${GAP})?(?<!\\d)${DIGIT}{2,3}${GAP}${USE}${GAP}${LAST}(?!\\d)`, isPlate),
  // Until 2003 with the region, one or two digits; on motorcycles with the district instead of the class.
  rule("PLATE", `${REGION}${GAP}\\d{1,2}${GAP}${USE}${GAP}\\d{1,4}(?!\\d)`, isPlate),
  rule("PLATE", `${REGION}${GAP}${PLACE}${GAP}${USE}${GAP}\\d{4}(?!\\d)`, isPlate),
  rule("PLATE", `(?<!\\d)\\d{2,3}${GAP}${USE}${GAP}(?:\\d|${MASK}){4}(?!\\d)`, ({ value }) =>
    new RegExp(MASK).test(value),
  ),
  rule("PLATE", `(?:외교|영사|준외|준영|국기|협정|대표)${GAP}\\d{3}${GAP}\\d{3}(?!\\d)`),
  rule(
    "PLATE",
    `(?:${REGION}${GAP})?임시?(?:운행)?(?:번호)?(?:판)?${GAP}(?:제[ ]?)?\\d{4,6}(?!\\d)(?:[ ]?호)?`,
    isPlate,
  ),
  rule("PLATE", `(?<!\\d)\\d{2}${GAP}[육해공국합]${GAP}\\d{4}(?!\\d)`, isPlate),
  rule("PLATE", `(?<![가-힣])[육해공국합](?:군)?${GAP}(?:제[ ]?)?\\d{2}${GAP}\\d{3,4}(?!\\d)`, isPlate),
  rule(
    "PLATE",
    `(?:${ROMAN_REGION}${GAP})?(?<![0-9A-Za-z])\\d{1,3}${GAP}(?:${PLATE_SYLLABLES})${GAP}\\d{4}(?![0-9A-Za-z])`,
    ({ value }) => /^\d{2,3}|^[A-Za-z]/.test(value),
    "i",
  ),
];
