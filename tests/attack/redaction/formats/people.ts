import { type Draw, spelled } from "../draw.ts";

/** Surnames, the frequent ones first, then rare and double ones. */
const SURNAMES = [
  ..."김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용",
];
const DOUBLE = ["남궁", "황보", "제갈", "선우", "독고", "사공"];
/** Given names of the last ninety years, first and second syllables and whole ones. */
const FIRST = [..."민서지예하윤도준현우진수영정은승재성동상병종광경미선혜유소채가나다태시주찬건규한"];
const SECOND = [..."민서지우윤준현수진영희숙자순옥호석철훈식환기원경미선혜연아은재성혁빈율린결솔인태겸섭"];
const GIVEN = [
  "철수",
  "영희",
  "민준",
  "서연",
  "순자",
  "말순",
  "복례",
  "길동",
  "하은",
  "도윤",
  "지훈",
  "점례",
  "춘자",
  "갑수",
  "나래",
  "슬기",
  "아름",
  "보람",
  "한결",
  "은별",
];

export const surname = (d: Draw): string =>
  d.chance(0.03) ? d.one(DOUBLE) : d.chance(0.7) ? d.one(SURNAMES.slice(0, 25)) : d.one(SURNAMES);
const given = (d: Draw): string =>
  d.chance(0.35) ? d.mine(GIVEN) : d.chance(0.05) ? d.one(SECOND) : d.mine(FIRST) + d.mine(SECOND);
export const koreanName = (d: Draw): string => surname(d) + given(d);
/** Three syllables, as nine of ten Koreans. */
const usual = (d: Draw): string => d.one(SURNAMES.slice(0, 60)) + d.mine(FIRST) + d.mine(SECOND);

const ROMAN_SURNAMES = [
  "Kim",
  "Lee",
  "Park",
  "Choi",
  "Jung",
  "Kang",
  "Cho",
  "Yoon",
  "Jang",
  "Lim",
  "Han",
  "Oh",
  "Seo",
  "Shin",
  "Kwon",
  "Hwang",
  "Ahn",
  "Song",
  "Smith",
  "Johnson",
  "Nguyen",
  "Garcia",
  "Müller",
  "O'Brien",
  "Tanaka",
  "Wang",
];
const ROMAN_GIVEN = [
  "Cheolsu",
  "Min-jun",
  "Seo-yeon",
  "Jihoon",
  "Ha-eun",
  "Sunja",
  "Young-hee",
  "Dowon",
  "Eunji",
  "Jae-sung",
  "John",
  "Jane",
  "Maria",
  "David",
  "Anna",
  "Thomas",
  "Linh",
  "Emily",
  "Kenji",
  "Sofia",
];
export const roman = (d: Draw): { first: string; last: string } => ({
  first: d.mine(ROMAN_GIVEN).normalize("NFKD").replaceAll(/\p{M}/gu, ""),
  last: d
    .mine(ROMAN_SURNAMES)
    .normalize("NFKD")
    .replaceAll(/[\p{M}']/gu, ""),
});
const english = (d: Draw): string => {
  const [first, last] = [d.mine(ROMAN_GIVEN), d.mine(ROMAN_SURNAMES)];
  return d.one([`${first} ${last}`, `${last} ${first}`, `${first} ${last}`]);
};

const TITLES = [
  "씨",
  "님",
  "과장",
  "과장님",
  "부장",
  "부장님",
  "팀장",
  "팀장님",
  "대리",
  "대리님",
  "선생님",
  "선생",
  "할머니",
  "할아버지",
  "어르신",
  "아주머니",
  "아저씨",
  "교수",
  "교수님",
  "경위",
  "순경",
  "경사",
  "소방관",
  "소방위",
  "간호사",
  "기사님",
  "여사",
  "원장",
  "원장님",
  "사장",
  "사장님",
  "학생",
  "환자",
  "이장님",
  "통장님",
  "목사님",
  "의원",
  "주무관",
  "주무관님",
  "대표",
  "대표님",
  "실장",
  "국장님",
  "차장님",
  "반장",
  "구급대원",
  "의사",
  "스님",
  "형사",
];
const PARTICLES = [
  "은",
  "는",
  "이",
  "가",
  "을",
  "를",
  "께서",
  "에게",
  "의",
  "과",
  "와",
  "도",
  "이라고",
  "입니다",
  "한테",
  "이랑",
  "측",
  "",
  "",
  "",
  "만",
  "께",
  "로부터",
];
const title = (d: Draw, titles: readonly string[]): string => d.one(["", " "]) + d.mine(titles) + d.one(PARTICLES);
const ROLES = [
  "신고자",
  "피해자",
  "목격자",
  "운전자",
  "보호자",
  "환자",
  "담당자",
  "부상자",
  "실종자",
  "제보자",
  "예금주",
  "민원인",
];

export const name = spelled([
  ...TITLES.flatMap((_title, i) =>
    i % 5 === 0 ? [["title", (d: Draw) => ({ secret: koreanName(d), after: title(d, TITLES) })] as const] : [],
  ),
  ["씨", (d) => ({ secret: koreanName(d), after: ` 씨${d.one(PARTICLES)}` })],
  ["씨, glued", (d) => ({ secret: usual(d), after: `씨${d.one(PARTICLES)}` })],
  ["님, glued", (d) => ({ secret: usual(d), after: `님${d.one(PARTICLES)}` })],
  [
    "군, 양",
    (d) => ({ secret: usual(d), after: d.one(["", " "]) + d.one(["군", "양"]) + d.one(["은", "이", "을", "의", ""]) }),
  ],
  [
    "name of two syllables and 씨",
    (d) => ({ secret: d.one(SURNAMES.slice(0, 30)) + d.one(SECOND), after: ` 씨${d.one(PARTICLES)}` }),
  ],
  ["double surname", (d) => ({ secret: d.one(DOUBLE) + d.mine(FIRST) + d.mine(SECOND), after: title(d, TITLES) })],
  [
    "surname and given name apart",
    (d) => ({
      secret: `${d.one(SURNAMES.slice(0, 20))} ${d.mine(FIRST)}${d.mine(SECOND)}`,
      after: ` ${d.one(["씨", "님", "선생님", "할머니"])}${d.one(PARTICLES)}`,
    }),
  ],
  [
    "surname alone and 씨",
    (d) => ({ secret: d.one(SURNAMES.slice(0, 25)), after: ` 씨${d.one(["는", "가", "의", "에게", ""])}` }),
  ],
  [
    "surname alone and 모 씨",
    (d) => ({
      secret: d.one(SURNAMES.slice(0, 25)),
      after: `${d.one(["모", " 모"])}${d.one([" 씨", "씨", " 양", " 군"])}${d.one(["", "는", "(45)"])}`,
    }),
  ],
  [
    "surname alone and a title",
    (d) => ({
      secret: d.one([..."김박최강윤황송홍"]),
      after: ` ${d.one(["과장", "과장님", "부장님", "팀장", "선생님", "할머니", "할아버지", "교수님"])}${d.one(["은", "이", "께서", ""])}`,
    }),
  ],
  [
    "이름은",
    (d) => ({
      before: d.one(["이름은 ", "제 이름은 ", "성함은 ", "환자 이름은 ", "이름이 "]),
      secret: koreanName(d),
      after: d.one(["입니다", "이고", "", "이라고 함", ", ", "."]),
    }),
  ],
  [
    "성명:",
    (d) => ({
      before: d.one(["성명: ", "성명 : ", "성명:", "이름: ", "이름:", "성명) ", "성명 ", "성함: "]),
      secret: koreanName(d),
      after: d.one(["", ", ", "\n", " / "]),
    }),
  ],
  [
    "role and colon",
    (d) => ({
      before: `${d.mine(ROLES)}${d.one([": ", " : ", ":"])}`,
      secret: koreanName(d),
      after: d.one(["", ", ", "(45세)", " / "]),
    }),
  ],
  [
    "role and age",
    (d) => ({
      before: `${d.mine(ROLES)} `,
      secret: usual(d),
      after: d.one(["(45)", "(남, 63)", "(여/27세)", "(32세)", "(만 70세)"]),
    }),
  ],
  [
    "name and age",
    (d) => ({ secret: usual(d), after: d.one(["(45)", "(남, 63)", "(여, 27세)", "(32세)", "(여/71)", " (58세)"]) }),
  ],
  [
    "role, name and particle",
    (d) => ({ before: `${d.mine(ROLES)} `, secret: usual(d), after: d.one(["은", "이", "를", "에게", "의"]) }),
  ],
  [
    "저는",
    (d) => ({
      before: d.one(["저는 ", "제가 ", "저는 "]),
      secret: koreanName(d),
      after: d.one(["입니다", "이라고 합니다", "라고 합니다", "인데요"]),
    }),
  ],
  [
    "라고 합니다",
    (d) => ({ secret: usual(d), after: d.one(["라고 합니다", "이라고 합니다", "라고 하는 사람", "이라고 밝힌 사람"]) }),
  ],
  ["decomposed Jamo", (d) => ({ secret: usual(d).normalize("NFD"), after: ` 씨${d.one(PARTICLES)}`.normalize("NFD") })],
  [
    "zero-width space",
    (d) => {
      const it = usual(d);
      return { secret: `${it.slice(0, 1)}\u200B${it.slice(1)}`, after: " 씨" };
    },
  ],
  [
    "foreign name and 씨",
    (d) => ({
      secret: d.mine([
        "응우옌",
        "왕웨이",
        "타나카",
        "스미스",
        "마리아",
        "아흐메드",
        "올가",
        "바트바야르",
        "소피아",
        "리밍",
      ]),
      after: ` 씨${d.one(["는", "가", ""])}`,
    }),
  ],
  [
    "Mr, Mrs, Ms, Dr",
    (d) => ({
      before: d.one(["Mr. ", "Mrs. ", "Ms. ", "Dr. ", "Mr ", "Ms ", "Dr ", "Miss ", "Prof. ", "Officer "]),
      secret: english(d),
    }),
  ],
  ["Mr and surname", (d) => ({ before: d.one(["Mr. ", "Mrs. ", "Ms. ", "Dr. "]), secret: d.mine(ROMAN_SURNAMES) })],
  [
    "my name is",
    (d) => ({
      before: d.one(["my name is ", "My name is ", "my name's ", "Her name is ", "his name is "]),
      secret: english(d),
    }),
  ],
  ["my name is, small letters", (d) => ({ before: "my name is ", secret: english(d).toLowerCase() })],
  [
    "name:",
    (d) => ({
      before: d.one(["Name: ", "name: ", "Caller: ", "Patient: ", "Driver: ", "Witness: "]),
      secret: english(d),
    }),
  ],
  ["this is", (d) => ({ before: d.one(["This is ", "this is ", "I am ", "I'm "]), secret: english(d) })],
  ["Mr in capitals", (d) => ({ before: "MR. ", secret: english(d).toUpperCase() })],
]);
