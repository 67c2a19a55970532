import { redact } from "./redact.ts";

test.each([
  ["김철수 씨 연락처는 010-1234-5678입니다.", "[이름] 씨 연락처는 [전화번호]입니다."],
  ["공일공 일이삼사 오육칠팔이 제 번호예요", "[전화번호]이 제 번호예요"],
  ["my number is zero one zero, one two three four, five six seven eight", "my number is [phone]"],
  ["９００１０１－１２３４５６７ 확인", "[주민등록번호] 확인"],
  ["여권 M123A4567 분실", "여권 [여권번호] 분실"],
  ["Mr. John Smith called from +82 10 1234 5678", "Mr. [name] called from [phone]"],
  ["외교 001-001 차량과 12가3456", "[차량번호] 차량과 [차량번호]"],
])("%s becomes %s", (text, expected) => {
  expect(redact(text).text).toBe(expected);
});
