import { type Found, type Rule, rule } from "./rule.ts";
import { COMMON_SURNAMES, DOUBLE_SURNAMES, FREQUENT_SURNAMES, NO_NAMES, SURNAMES } from "./surnames.ts";

const FULL = `(?:(?:${DOUBLE_SURNAMES})[가-힣]{1,2}|[${SURNAMES}][가-힣]{1,2})`;
const ANY_SURNAME = `(?:${DOUBLE_SURNAMES}|[${SURNAMES}])`;
const SURNAME = `(?:${DOUBLE_SURNAMES}|[${COMMON_SURNAMES}])`;
const PARTICLES =
  "은|는|이|가|을|를|의|와|과|도|만|로|으로|에|에게|께|께서|한테|이랑|랑|하고|라고|이라고|입니다|이다|이며|며|이고|고|인데|측|댁|네|분|들|외|등|및|까지|부터|처럼|보다|본인|아|야|여|이나|나|인|임|께는|께도|이요|요|예요|이에요|으로부터|로부터|에서|라던데|이라던데|에게서|한테서|이었|였|이시|이라|이십|랍니다|이랍니다|래요|이래요|였습니다|이었습니다";
/** What follows a name or its title: no Hangul, a particle, or a particle that the next word is glued to. */
const END = `(?:(?![가-힣])|(?=(?:${PARTICLES})(?![가-힣]))|(?=(?:은|는|이|가|을|를|의|께서|에게|입니다|이라|라고|으로|로|이었|였|이시|인데|랍니|이랍|예요|이래|에서|라던|이라던)[가-힣]))`;

/** Words that are said of a person behind the name. */
const TITLES: readonly string[] = (
  "선생 할머니 할머님 할아버지 할아버님 어르신 아주머니 아줌마 아저씨 여사 학생 환자 과장 부장 " +
  "차장 팀장 대리 사장 주임 사원 실장 국장 계장 소장 원장 회장 의장 이장 통장 반장 조장 " +
  "센터장 본부장 지점장 점장 팀원 매니저 전무 상무 이사 대표 감독 코치 기자 위원 의원 연구원 " +
  "교수 교사 교감 교장 의사 전문의 간호사 약사 기사 변호사 검사 판사 형사 수사관 조사관 경위 " +
  "경사 경장 순경 경감 경정 소방관 소방교 소방장 소방사 소방위 구급대원 구조대원 주무관 사무관 " +
  "서기관 복지사 지도사 해설사 보호사 목사 신부 스님 집사 권사 장로 대장 대위 중위 소령 중령 " +
  "병장 상병 일병 이병 하사 중사 상사 선배 후배 이모 삼촌 고모 아버지 어머니 아버님 어머님 " +
  "엄마 아빠 언니 오빠 누나 형 씨 님 군 양"
).split(" ");
const TITLE = TITLES.join("|");
const TITLE_AHEAD = new RegExp(`^[ ]?(?:${TITLE})`);
/** Words by themselves, too, or the end of one, or of a county's name. */
const SHORT = new Set(
  (
    "군 양 형 이사 대표 기사 검사 의사 교사 상사 대장 중사 신부 상무 전무 감독 위원 의원 기자 형사 교장 의장 사장 사원 " +
    "소장 반장 이장 통장"
  ).split(" "),
);

/** No given name ends so; a word with its particle or ending does. */
const INFLECTED =
  /^(?:이름|성함|성명)|[는를에의와과께들면며든던됨함된히데적더게고집련가로도다]$|(?:에서|으로|까지|부터|하는|있는|없는|하던|되는|라는)$/;
/** 이것은 의사가, 방법이 …: also the end of a name, but seldom before a title that is a word by itself. */
const PERHAPS_INFLECTED = /[은이나한]$/;

const isName = (name: string): boolean =>
  !NO_NAMES.has(name) && !TITLES.includes(name) && !TITLES.includes(name.slice(1)) && !INFLECTED.test(name);

/** 도로과, 방재과, 이사회: where people with titles work. */
const isOffice = (value: string): boolean =>
  /[과팀청처역점차물량력회위방간]$/.test(value) ||
  (/[소관단법당구사장실]$/.test(value) && !COMMON_SURNAMES.includes(value.charAt(0)));

/** What a name and the title glued to it would also be: 지하주차장, 공사장, 박람회장, 경기부양, 사고유형. */
const COMPOUND = /(?:주차장|공사장|[람연총학운동대집토체]회장|급경사|안내소장|형)$|[부모함배요]양$/;

/** Glued to two syllables, only these make a name of them. */
const OF_PERSONS = new RegExp(`^(?:여사|할머니|할아버지|어르신|아주머니|아줌마|선생|교수|(?:${TITLE})님)`);

/** Set apart, 씨 follows nothing but a name. */
const isSomebody = (value: string): boolean => !/^(?:아저|아가|에이|아이|이런|어이|그런)$/.test(value);

/** A name and the title behind it: 날씨, 광양, 곡성군, 선생님 are words, 허준 씨 is not. */
function titled({ value, after }: Found): boolean {
  const apart = after.startsWith(" ");
  const title = TITLE_AHEAD.exec(after)?.[0].trimStart() ?? "";
  if (title === "씨" && apart) return isSomebody(value);
  if (!isName(value)) return false;
  if (!apart && COMPOUND.test(value + title)) return false;
  if (title === "씨" || title === "님") return value.length >= 3 || apart;
  if (isOffice(value) || (title === "검사" && !after.includes("검사님"))) return false;
  if (value.length >= 3) return !(SHORT.has(title) && apart && PERHAPS_INFLECTED.test(value));
  return (apart ? !SHORT.has(title) : OF_PERSONS.test(after)) && FREQUENT_SURNAMES.includes(value.charAt(0));
}

/** Whoever is named behind one of these words. */
const ROLE =
  "성명|이름|성함|신고자|신고인|제보자|피해자|가해자|목격자|운전자|보호자|환자|부상자|사망자|실종자|요구조자|구조자|담당자|담당|책임자|작성자|접수자|보고자|예금주|민원인|신청인|신청자|탑승자|동승자|차주|용의자|피의자|연락인|수신인|발신인|고객명|환자명|본명|실명|가명|대표자|현장소장|인솔자";
/** What else is said of them. */
const NOT_AFTER_ROLE =
  /^(?:이름|성명|미상|없음|불명|확인|모름|익명|비공개|해당|여성|남성|남자|여자|이송|이동|구조|구급|신고|조사|연락|전화|병원|현장|보호|안전|위치|상태|의식|호흡|사고|전원|전체|모두|일부|한명|두명|세명|여러|다수|소수|지원|수습|이상|정상|도착|출동|대기|진술|주장|심정지|고령|노인|명단|인적|정보|관련|대상|발생|발견|귀가|하차|승차|주차|정차|도주|동행|동의|인계|명의|차량|소유|소지|주소|성별|연령|유무|현황|통제|통보|문의|요청|심리|상담|치료|진료|방문|설명|안내|임시|공무|지정|기재|추가|미지정|인근|본인|가족|지인|주민|시민|경찰|소방|민원|전달|부재|거부|취소|완료|변경|교체|표시|생략|구역|전용|주의|고지|기록|오류|부문|면담|재통화|교육)(?:[은는이가을를의도만로와과에]|으로|에게)?$/;

const LATIN = "[\\p{Script=Latin}'’]";
const CAPITALISED = `\\p{Lu}${LATIN}{1,20}(?:-${LATIN}{1,20}){0,2}`;
const ENGLISH_NAME = `${CAPITALISED}(?:[ ]${CAPITALISED}){0,2}`;
const ENGLISH_STOP =
  /^(?:The|This|That|It|He|She|They|We|You|In|On|At|And|But|Or|Is|Was|Not|No|None|Unknown|Anonymous|Station|Street|Road|Avenue|Exit|Line|Bus|Room|Building|Please|Call|Gate)(?![A-Za-z])/;
const GOES_ON =
  "(?!(?:and|but|or|is|was|are|the|an|on|at|in|from|to|for|with|by|of|my|we|he|she|it|please|again|given|before|after|not|who|i|calling|speaking|here|according)(?![a-z]))";
const PLAIN_NAME = `${GOES_ON}\\p{Script=Latin}${LATIN}{1,20}(?:[- ]${GOES_ON}\\p{Script=Latin}${LATIN}{1,20}){0,2}`;

const PLACE = /(?:Street|Road|Avenue|Lane|Square|Station|Gate|Market|School|Hospital|Tunnel|Line|Center|Centre)$/;

const named = ({ value }: Found): boolean => isName(value) && !NOT_AFTER_ROLE.test(value);
/** Behind a colon stands the name, whatever it ends in. */
const announced = ({ value }: Found): boolean => !NO_NAMES.has(value) && !NOT_AFTER_ROLE.test(value);
const usual = (found: Found): boolean => found.value.length >= 3 && named(found);
const english = ({ value }: Found): boolean => !ENGLISH_STOP.test(value) && !PLACE.test(value);

/** The person's words for themselves and the form's words for them; the name is what is taken out, the title stays. */
export const name: readonly Rule[] = [
  rule("NAME", `(?<![가-힣0-9])(?<value>${FULL})[ ]?(?:${TITLE})(?:님)?${END}`, titled),
  // 김율과장로부터: the longer name is none.
  rule("NAME", `(?<![가-힣0-9])(?<value>${FULL.replaceAll("{1,2}", "{1,2}?")})[ ]?(?:${TITLE})(?:님)?${END}`, titled),
  // Written apart: 김 철수 씨.
  rule("NAME", `(?<![가-힣0-9])(?<value>${ANY_SURNAME}[ ][가-힣]{2})[ ]?(?:씨|님)${END}`, ({ value }) =>
    isName(value.slice(-2)),
  ),
  rule(
    "NAME",
    `(?<![가-힣0-9])(?<value>(?:[신전]|${SURNAME})[ ][가-힣]{2})[ ]?(?:군|양|선생|할머니|할아버지|어르신|과장|부장|팀장)(?:님)?${END}`,
    ({ value }) => isName(value.slice(-2)),
  ),
  // The surname alone: 김모 씨, 김 씨, 박 과장.
  rule("NAME", `(?<![가-힣0-9])(?<value>${ANY_SURNAME})[ ]?(?:모[ ]?(?:씨|군|양)|○○|OO|XX|[*]{1,2}[ ]?씨)`),
  rule("NAME", `(?<![가-힣0-9])(?!모)(?<value>${ANY_SURNAME})[ ]씨${END}`),
  rule("NAME", `(?<![가-힣0-9])(?<value>${SURNAME})씨${END}`),
  rule(
    "NAME",
    `(?<![가-힣0-9])(?<value>${SURNAME})[ ]?(?:과장|부장|차장|팀장|대리|주임|실장|선생|할머니|할아버지|어르신|여사|교수|경위|경사|순경|주무관|반장|소장|원장|계장|사장|기사|간호사)(?:님)?${END}`,
  ),
  // A foreign name: 응우옌 씨.
  rule("NAME", `(?<![가-힣0-9])(?<value>[가-힣]{2,6})[ ]씨${END}`, ({ value }) => isSomebody(value)),
  rule(
    "NAME",
    `(?:이름|성함|성명|본명)(?:(?:은|는|이|가)[ ]{0,2}[:=)]?|[ ]{0,2}[:=)]|[ ])[ ]{0,2}(?<value>${FULL}|${SURNAME}[ ][가-힣]{2})${END}`,
    named,
  ),
  rule(
    "NAME",
    `(?:${ROLE})(?:은|는)?[ ]{0,2}[:=/([][ ]{0,2}(?<value>${FULL}|${ANY_SURNAME}[ ][가-힣]{2})${END}`,
    announced,
  ),
  rule("NAME", `(?:${ROLE})(?:은|는|인)?[ ]{1,2}(?<value>${FULL})(?:(?=[ ]?\\d{1,3}세(?![기대종계]))|${END})`, usual),
  rule(
    "NAME",
    `(?<![가-힣0-9])(?:저는|제가|나는|본인은|저|나)[ ]{1,2}(?<value>${FULL})(?:입니다|이라고|라고|인데|예요|이에요|이고)`,
    named,
  ),
  rule(
    "NAME",
    `(?<![가-힣0-9])(?<value>${FULL})(?:이라고|라고)[ ](?:합니다|하는|불리는|해요|하며|하고|밝힌|밝혔)`,
    usual,
  ),
  rule(
    "NAME",
    `(?<![가-힣0-9])(?<value>${FULL})[ ]?(?:\\([ ]?(?:남|여|남성|여성|만)?[,/ ]{0,2}\\d{1,3}[세,)]|\\d{1,3}세(?![기대종계]))`,
    usual,
  ),
  rule(
    "NAME",
    `(?<![A-Za-z])(?:Mr|MR|Mrs|MRS|Ms|MS|Miss|MISS|Mx|Dr|DR|Prof|PROF|Professor|Officer|Sgt|Sergeant|Lt|Capt|Captain|Nurse|Inspector|Detective|Constable)\\.?[ ](?<value>${ENGLISH_NAME})`,
    english,
  ),
  rule(
    "NAME",
    `(?<![A-Za-z])(?:[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Ff]ull|[Ll]ast|[Ff]irst)[ ](?:(?:full|real|last|first)[ ])?name(?:[ ]is|['’]s|[ ]was|:)[ ](?<value>${ENGLISH_NAME})`,
    english,
  ),
  rule("NAME", `(?<![A-Za-z])my[ ](?:full[ ])?name(?:[ ]is|['’]s|:)[ ](?<value>${PLAIN_NAME})`, undefined, "i"),
  rule(
    "NAME",
    `(?<![A-Za-z])(?:[Nn]ame|NAME|[Cc]aller|[Rr]eporter|[Vv]ictim|[Dd]river|[Ww]itness|[Pp]atient|[Cc]ontact|[Rr]eported by|[Oo]wner|[Gg]uardian)[ ]?[:=][ ]?(?<value>${ENGLISH_NAME})`,
    english,
  ),
  rule(
    "NAME",
    `(?<![A-Za-z])(?:named|called|[Tt]his is|I am|I['’]m)[ ](?<value>${CAPITALISED}[ ]${CAPITALISED}(?:[ ]${CAPITALISED})?)`,
    english,
  ),
];
