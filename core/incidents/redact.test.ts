import fc from "fast-check";
import { mutate, relink } from "../testing/mutant.ts";
import type * as module from "./redact.ts";
import { personalSpans, redact } from "./redact.ts";

/** By kind: a Korean and an English text, and what is left of them. */
const EXAMPLES: Record<module.RedactionKind, readonly (readonly [string, string])[]> = {
  RESIDENT_NUMBER: [
    ["주민번호 900101-1234567입니다", "주민번호 [주민등록번호]입니다"],
    ["211105-4000001 (2021년 발급)", "[주민등록번호] (2021년 발급)"],
    ["９００１０１－１２３４５６７ 확인", "[주민등록번호] 확인"],
    ["900101-1****** 확인", "[주민등록번호] 확인"],
    ["number 900101 1234567 on the form", "number [resident number] on the form"],
  ],
  FOREIGNER_NUMBER: [
    ["외국인등록번호는 900101-5234567", "외국인등록번호는 [외국인등록번호]"],
    ["ARC 900101-7234567", "ARC [foreigner number]"],
  ],
  CARD: [
    ["4111111111111111로 결제", "[카드번호]로 결제"],
    ["카드번호: 1234567890123456", "카드번호: [카드번호]"],
    ["paid with 3782 822463 10005", "paid with [card number]"],
  ],
  ACCOUNT: [
    ["국민은행 123456-01-123456으로 입금", "국민은행 [계좌번호]으로 입금"],
    ["110-123-456789 (신한)", "[계좌번호] (신한)"],
    ["account no. 110-123-456789", "account no. [account number]"],
  ],
  PASSPORT: [
    ["여권 M123A4567 분실", "여권 [여권번호] 분실"],
    ["passport M12345678 found", "passport [passport number] found"],
  ],
  DRIVER_LICENCE: [
    ["면허번호 11-12-123456-78", "면허번호 [운전면허번호]"],
    ["광주 04-123456-01 소지", "[운전면허번호] 소지"],
    ["licence 11-12-123456-78", "licence [licence number]"],
  ],
  PHONE: [
    ["010-1234-5678로 연락", "[전화번호]로 연락"],
    ["공일공 일이삼사 오육칠팔이 제 번호예요", "[전화번호]이 제 번호예요"],
    ["010에 1234에 5678이요", "[전화번호]이요"],
    ["(062) 123-4567, 1588-1234", "[전화번호], [전화번호]"],
    ["my number is zero one zero, one two three four, five six seven eight", "my number is [phone]"],
    ["call +82 10 1234 5678", "call [phone]"],
  ],
  EMAIL: [
    ["gildong@naver.com으로", "[이메일]으로"],
    ["gildong 골뱅이 네이버 닷컴", "[이메일]"],
    ["write to jane (at) example [dot] org", "write to [email]"],
  ],
  PLATE: [
    ["123가4567 차량", "[차량번호] 차량"],
    ["서울1가2345가 막고 있음", "[차량번호]가 막고 있음"],
    ["광주 동\n가 1234 오토바이", "[차량번호] 오토바이"],
    ["외교 001-001이 서 있음", "[차량번호]이 서 있음"],
    ["a grey van, 12 ga 3456", "a grey van, [plate]"],
  ],
  NAME: [
    ["김철수 씨가 신고", "[이름] 씨가 신고"],
    ["김과장님, 남궁민 할머니", "[이름]과장님, [이름] 할머니"],
    ["성명: 김영희 / 신고자 박민수(45)", "성명: [이름] / 신고자 [이름](45)"],
    [`${"김철수".normalize("NFD")} 씨`, "[이름] 씨"],
    ["Mr. John Smith waits; my name is jane doe", "Mr. [name] waits; my name is [name]"],
  ],
  ADDRESS: [
    ["상무대로 1234, 101동 1203호 앞", "[주소] 앞"],
    ["Apt 1203 is flooded", "[address] is flooded"],
  ],
  POSITION: [
    ["35.159545, 126.852601 부근", "[위치] 부근"],
    ["seen at 35.159545N 126.852601E", "seen at [position]"],
  ],
  DEVICE: [
    ["192.168.10.20에서 접속", "[기기주소]에서 접속"],
    ["MAC aa:bb:cc:dd:ee:ff", "MAC [device address]"],
  ],
  HANDLE: [
    ["인스타 아이디 hong_gil 글", "인스타 아이디 [계정] 글"],
    ["see https://instagram.com/hong.gil", "see [account name]"],
  ],
};
const kinds = Object.keys(EXAMPLES) as module.RedactionKind[];

describe.each(kinds)("%s", (kind) => {
  test.each(EXAMPLES[kind])("%s becomes %s", (text, expected) => {
    const { text: redacted, found } = redact(text);
    expect(redacted).toBe(expected);
    expect(found.map((one) => one.kind)).toContain(kind);
  });
});

test.each([
  "날씨가 추워 손님들이 몰렸습니다. 선생님과 기사님이 안내했습니다.",
  "담양군, 광양 방면 정체. 금남로 5가 12번 버스, 상무대로 1234",
  "112와 119, 3번 출구, 회의실 301호, 펌웨어 2.10.3.4",
  "예산 15조 3000억 원, 기온 30도, 2026년 11월 27일 14:20:05",
  "2019-2022년 평균, 품번 12-AX-345, pole-017",
  "이사 차량 때문에 오일장 앞 사거리가 막힙니다",
  "Miss the first turn, then take exit 3. The name is missing on the sign.",
])("%s stays as it is", (text) => {
  expect(redact(text)).toEqual({ text, found: [] });
});

test("what is not taken out stays as it was typed, to the last invisible sign", () => {
  expect(redact("①\u200B ＡＢ ㄱㅏ 010-1234-5678 ㅋㅋ\r\n끝").text).toBe("①\u200B ＡＢ ㄱㅏ [전화번호] ㅋㅋ\r\n끝");
});

test("the language is that of the rest of the text", () => {
  expect(redact("driver of 12가3456").text).toBe("driver of [plate]");
  expect(redact("010-1234-5678").text).toBe("[전화번호]");
});

test("where two kinds overlap, the more sensitive one takes all of it", () => {
  expect(redact("계좌 900101-1234567").found).toEqual([{ kind: "RESIDENT_NUMBER", count: 1 }]);
});

test("each kind is counted", () => {
  expect(redact("010-1234-5678, 010-2345-6789, a@b.kr").found).toEqual([
    { kind: "PHONE", count: 2 },
    { kind: "EMAIL", count: 1 },
  ]);
});

const pieces = [
  ...kinds.flatMap((kind) => EXAMPLES[kind].map(([text]) => text)),
  ..."가나0123456789-. \n@이에씨[]()",
  "[이름]",
  "\uD800",
  "[phone]",
];
const texts = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 80 }),
);

test("redacting twice changes nothing, and no text makes it throw", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { text: once } = redact(text);
      expect(redact(once)).toEqual({ text: once, found: [] });
    }),
    { seed: 8, numRuns: 600 },
  );
});

test("the spans lie in order, apart and inside the text", () => {
  fc.assert(
    fc.property(texts, (text) => {
      let last = 0;
      for (const { start, end } of personalSpans(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
    { seed: 9, numRuns: 300 },
  );
});

test("a last 이 is read as the particle where a two is too many", async () => {
  const text = "공일공일이삼사오육칠팔이";
  expect(redact(text).text).toBe("[전화번호]이");
  // kills: every 이 of a spelled number is a two
  const file = new URL("./redact.ts", import.meta.url);
  const specifier = "./redaction/spelled.ts";
  const mutant = { name: "always a two", from: "doubtful ? TWO : token.text", to: "token.text" };
  const spelled = await mutate(new URL(specifier, file), mutant);
  const faulty = await relink<typeof module>(file, { [specifier]: spelled });
  expect(faulty.redact(text).text).not.toBe("[전화번호]이");
});
