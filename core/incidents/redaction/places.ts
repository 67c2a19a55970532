import { GAP, type Rule, rule } from "./rule.ts";

const ROAD = "(?:[가-힣0-9]{1,12}(?:대로|로|길)(?:[ ]?\\d{1,4}(?:번길|길))?[ ]?\\d{1,4}(?:-\\d{1,4})?)";
const LAND = "(?:[가-힣0-9]{1,8}(?:동|리|가)[ ]?(?:산[ ]?)?\\d{1,4}(?:-\\d{1,4})?(?:[ ]?번지)?)";
const BUILDING = "(?:[(]?[가-힣A-Za-z0-9]{1,15}[)]?[ ,]{1,2}){0,2}";
const UNIT =
  "(?:[가-힣A-Za-z]?\\d{0,4}[ ]?동[ ,-]{0,2}(?:지하[ ]?)?(?:\\d{1,2}층[ ]?)?\\d{2,4}[ ]?호|(?:지하[ ]?|B)?(?:\\d{1,2}층[ ]?)?\\d{2,4}[ ]?호|\\d{3,4}-\\d{3,4}[ ]?호?)";
const HOME = "(?:주소지?|거주지?|자택|집|사는[ ]곳|살고[ ]있는[ ]곳)(?:은|는|이|가)?[ ]{0,2}:?[ ]{0,2}";
const REGIONS = "(?:[가-힣]{1,6}(?:시|도|군|구|읍|면)[ ]){0,3}";

export const address: readonly Rule[] = [
  // The door of a home; a building by itself is a place.
  rule("ADDRESS", `(?:${ROAD}|${LAND})[ ,]{1,3}${BUILDING}${UNIT}`),
  rule(
    "ADDRESS",
    "(?:(?<!\\d)\\d{1,4}|(?<![가-힣A-Za-z])[가나다라마바사아자차카타파하A-Z])[ ]?동[ ,-]{0,3}\\d{2,4}[ ]?호(?![가-힣]?선)",
  ),
  rule(
    "ADDRESS",
    "(?:아파트|빌라|오피스텔|맨션|주택|원룸|자이|푸르지오|래미안|힐스테이트|더샵|e편한세상|아이파크)[ ,]{0,2}(?:[가-힣A-Za-z]?\\d{1,4}[ ]?동[ ,]{0,2})?\\d{2,4}[ ]?호",
  ),
  rule(
    "ADDRESS",
    "(?:아파트|빌라|오피스텔|맨션|자이|푸르지오|래미안|힐스테이트|더샵|아이파크)[ ,]{0,2}\\d{3,4}-\\d{3,4}(?!\\d)",
  ),
  rule("ADDRESS", `${HOME}(?<value>${REGIONS}(?:${ROAD}|${LAND}))`),
  rule(
    "ADDRESS",
    "(?<![A-Za-z0-9])(?:apt\\.?[ ]?#?\\d{1,4}|(?:apartment|unit|flat|suite)[ ]?#?\\d{3,4})[A-Za-z]?(?:,[ ]?\\d{1,4}[ ][A-Za-z-]{2,30}(?:[ ][A-Za-z-]{2,30})?)?",
    undefined,
    "i",
  ),
  rule("ADDRESS", "(?<![A-Za-z0-9])\\d{1,4}-dong[ ,]{0,2}\\d{2,4}-ho(?![A-Za-z])", undefined, "i"),
  rule(
    "ADDRESS",
    "(?:[Ll]ives at|[Ll]ive at|[Aa]ddress is|[Aa]ddress:|[Hh]ome at|[Rr]esides at)[ ]?(?<value>\\d{1,5}(?:-\\d{1,4})?,?[ ][A-Z0-9][A-Za-z0-9-]{1,30}(?:[ ](?:[A-Z][A-Za-z-]{1,20}|street|road|st|rd|ro|gil)){0,3})",
  ),
];

const DEGREES = "[-+]?\\d{1,3}\\.\\d{5,15}";
const withinGlobe = (value: string): boolean => Math.abs(Number.parseFloat(value)) <= 180;
const WHERE =
  /(?:위도|경도|좌표|GPS|위치|lat|lon|lng|latitude|longitude|북위|동경|position|coordinates?|geo)[^0-9]{0,12}$/i;
const SECONDS = "\\d{1,3}[ ]?[°도][ ]?\\d{1,2}[ ]?['’′분][ ]?\\d{1,2}(?:\\.\\d{1,6})?[ ]?(?:[\"”″초]|''|′′)?";

export const position: readonly Rule[] = [
  rule(
    "POSITION",
    `(?<![0-9.])${DEGREES}[ ]?°?[NSns]?${GAP}(?:(?:경도|위도|동경|북위|lon|lng|lat|longitude|latitude|[EWNS])[ :=]{0,3})?${DEGREES}(?![0-9])(?:[ ]?°)?(?:[ ]?[EW](?![A-Za-z]))?`,
    ({ value }) => withinGlobe(value),
  ),
  rule(
    "POSITION",
    `(?<![0-9.])${DEGREES}(?![0-9])`,
    ({ value, before, after }) => withinGlobe(value) && (WHERE.test(before) || /^[ ]?°?[NSEW](?![A-Za-z])/.test(after)),
  ),
  rule(
    "POSITION",
    `(?:(?:북위|동경|[NE])[ ]?)?${SECONDS}(?:[ ]?[NS](?![A-Za-z]))?(?:[ ,/]{1,3}(?:동경[ ]?|E[ ]?)?${SECONDS}(?:[ ]?[EW](?![A-Za-z]))?)?`,
  ),
];
