import { type Found, GAP, MASK, type Rule, rule, WIDE_GAP } from "./rule.ts";

const ZERO = "[0Oo]";
const ONE = "[1lI|]";
const AREA = "0[ ]?(?:2|3[ ]?[1-3]|4[ ]?[1-4]|5[ ]?[1-5]|6[ ]?[1-4]|[78][ ]?0|5[ ]?0[ ]?\\d|60|30)";
/** Numbers of firms; the last four digits may be set apart or not. */
const REPRESENTATIVE =
  "1(?:5(?:00|22|33|44|55|66|77|88|99)|6(?:00|11|22|33|44|55|60|61|66|68|70|77|88|99)|8(?:00|11|33|44|55|66|77|99))";
const COUNTED = /^\s?(?:년|원|명|개|미터|m\b|km|mm|kg|대\b|건|세대|번지|kcal|ml|%|℃|도\b)/i;
const PHONE_CONTEXT =
  /(?:전화|연락처|연락|휴대폰|핸드폰|핸폰|폰|팩스|tel|phone|call|mobile|contact|fax|☎|☏|📞)[^0-9\n]{0,10}$/iu;

/** Around the area. */
const BRACKET = "(?:[(](?=[0-9 ]{2,5}[)]))?";

export const phone: readonly Rule[] = [
  rule(
    "PHONE",
    `${BRACKET}(?<![0-9])${ZERO}${WIDE_GAP}${ONE}${WIDE_GAP}[016789Oo]${WIDE_GAP}\\d{3,4}${WIDE_GAP}\\d{4}(?!\\d)`,
  ),
  // In any other groups.
  rule("PHONE", `(?<![0-9])(?<!\\d[-./ ])${ZERO}[- .]?${ONE}[- .]?${ZERO}(?:${GAP}\\d){8}(?!\\d)`),
  rule("PHONE", `(?<![0-9])(?<!\\d[-./ ])01[16789](?:${GAP}\\d){7,8}(?!\\d)`),
  rule("PHONE", `${BRACKET}(?<![0-9])(?<!\\d\\.)${AREA}${GAP}\\d{3,4}${GAP}\\d{4}(?!\\d)`),
  rule("PHONE", `(?<![0-9])(?<!\\d[-./ ])${AREA}(?:${GAP}\\d){7,8}(?!\\d)`),
  // With the country code; the zero of the area is sometimes kept.
  rule(
    "PHONE",
    `(?<![0-9])(?:\\+${GAP}|00[- ]?|[(])?82${GAP}0?${GAP}(?:1[016789]|2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|[78]0|50\\d)(?:${GAP}\\d){7,8}(?!\\d)`,
  ),
  rule("PHONE", `\\+[ ]?[1-9](?:${GAP}\\d){8,13}(?!\\d)`),
  rule("PHONE", `(?<![0-9])(?<!\\d[-.])${REPRESENTATIVE}[-. )]{1,3}\\d{4}(?!\\d)`, ({ after }) => !COUNTED.test(after)),
  rule("PHONE", `(?<![0-9])${REPRESENTATIVE}\\d{4}(?!\\d)`, ({ before }) => PHONE_CONTEXT.test(before)),
  rule("PHONE", "(?<![0-9])\\d{3,4}[-. ]{1,3}\\d{4}(?!\\d)", ({ before }) => PHONE_CONTEXT.test(before)),
  // Partly hidden.
  rule("PHONE", `(?<![0-9])01[016789][-. )]{0,3}(?:\\d|${MASK}){3,4}[-. ]{0,3}(?:\\d|${MASK}){4}(?!\\d)`),
];

const LOCAL = "[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}";
const AT = "(?:[ \\n]?@[ \\n]?|[ ]?[(\\[{<][ ]?(?:at|@|골뱅이|앳)[ ]?[)\\]}>][ ]?|[ ]?(?:골뱅이|앳)[ ]?|[ ]at[ ])";
const DOT = "(?:[.,]|[ ]\\.[ ]|[ ]?[(\\[{<][ ]?(?:dot|점|닷|\\.)[ ]?[)\\]}>][ ]?|[ ]?(?:닷|점|쩜)[ ]?|[ ]dot[ ])";
const DOMAIN = `[A-Za-z0-9-]{1,63}(?:${DOT}[A-Za-z0-9-]{1,63}){0,3}${DOT}(?:[A-Za-z]{2,12}|컴|넷|케이알|씨오케이알|오알지)`;
const KOREAN_HOST =
  "(?:네이버|지메일|쥐메일|다음|한메일|네이트|카카오|구글|야후|핫메일|아웃룩|코리아)(?:[ ]?(?:닷|점|쩜|\\.)?[ ]?(?:컴|넷|com|net|씨오케이알|케이알))?";

export const email: readonly Rule[] = [
  rule("EMAIL", `(?<![A-Za-z0-9._%+-])${LOCAL}${AT}(?:${DOMAIN}|${KOREAN_HOST})`, isMailbox, "i"),
  // Also behind a text that is glued to it, and in names of machines without a dot.
  rule(
    "EMAIL",
    "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){0,4}",
    ({ value }) => /@.*[a-z]/i.test(value),
    "i",
  ),
  rule("EMAIL", `[가-힣]{2,12}[ ]?골뱅이[ ]?(?:${DOMAIN}|${KOREAN_HOST})`, undefined, "i"),
];

const TOP_LEVEL = /(?:com|net|org|kr|io|edu|gov|info|biz|me|co|us|jp|cn|uk|de|fr|ru|vn|컴|넷|케이알|오알지)$/i;

/** "met at example.com", "log.xml @ 3b2. See" are sentences, "seen by @someone.kr" names an account. */
function isMailbox({ value }: Found): boolean {
  if (/ at /i.test(value) && !/ dot |[([]/i.test(value)) return false;
  return !/[ ,]/.test(value) || TOP_LEVEL.test(value) || /골뱅이/.test(value);
}

const SERVICE =
  "인스타그램|인스타|페이스북|페북|트위터|틱톡|유튜브|카카오톡|카톡|텔레그램|라인|디스코드|스레드|위챗|instagram|insta|facebook|twitter|tiktok|youtube|kakaotalk|kakao|telegram|discord|threads|wechat|snapchat|whatsapp|line";
const HOST =
  "(?:instagram|facebook|fb|twitter|x|tiktok|youtube|threads|github|linkedin|snapchat|reddit|soundcloud|medium)\\.(?:com|net)|t\\.me|open\\.kakao\\.com|pf\\.kakao\\.com|blog\\.naver\\.com|cafe\\.naver\\.com|brunch\\.co\\.kr|velog\\.io|wa\\.me|line\\.me";
const REST = "[A-Za-z0-9._~:/?#@!$&'*+=%-]{1,200}";

export const handle: readonly Rule[] = [
  rule("HANDLE", "(?<![A-Za-z0-9._%+@/-])@[A-Za-z0-9_][A-Za-z0-9_.]{1,29}(?![A-Za-z0-9_/-])"),
  rule(
    "HANDLE",
    `(?<![A-Za-z])(?:${SERVICE})(?![a-z])[ ]?(?:아이디|계정|ID|id|account|handle|user(?:name)?)?(?:[는은이가]|[ ]is)?[ ]?[:=(]?[ ]?@?(?<value>[A-Za-z][A-Za-z0-9_.]{2,29})`,
    ({ value }) => /[0-9_.]./.test(value),
    "i",
  ),
  rule(
    "HANDLE",
    `(?<![A-Za-z])(?:${SERVICE})(?![a-z])[ ]?(?:아이디|계정|ID|account|handle|user(?:name)?)(?:[는은이가]|[ ]is)?[ ]?[:=(]?[ ]?@?(?<value>[A-Za-z0-9][A-Za-z0-9_.]{2,29})`,
    undefined,
    "i",
  ),
  rule(
    "HANDLE",
    `(?<![A-Za-z])(?:${SERVICE})(?![a-z])[ ]?[:=][ ]?@?(?<value>[A-Za-z0-9][A-Za-z0-9_.]{2,29})`,
    undefined,
    "i",
  ),
  rule("HANDLE", `(?<![A-Za-z0-9.])(?:https?://)?(?:www\\.|m\\.|[a-z]{2}\\.)?(?:${HOST})/${REST}`, undefined, "i"),
  rule(
    "HANDLE",
    `https?://[A-Za-z0-9.-]{1,100}(?::\\d{1,5})?/[A-Za-z0-9._~/%?&=-]{0,100}(?:@|~|users?/|u/|profile/|member/|channel/|[?&](?:id|uid|user|userid|username|name|nick|email|tel|phone)=)${REST}`,
    undefined,
    "i",
  ),
  rule("HANDLE", `https?://[A-Za-z0-9._%-]{1,64}(?::[^\\s@/\\uFFFC]{0,64})?@${REST}`, undefined, "i"),
];
