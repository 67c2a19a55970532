import type { LocalText } from "../values.ts";

/**
 * What the functions of schema `market` say when they refuse, in Korean: the rule of a value (MD043), what to do about it
 * (its hint), or the sentence of another refusal. A test reads the migrations and finds every one of them here.
 */
const KOREAN: Readonly<Record<string, string>> = {
  // Rules of values
  "1 to 1000 zones": "구역 1~1,000곳",
  "1 to 20 scopes": "권한 범위 1~20개",
  "1 to 4000 characters": "1자 이상 4,000자 이하",
  "1 to 100 characters": "1자 이상 100자 이하",
  "1 to 200 characters": "1자 이상 200자 이하",
  "1 to 62 small letters, digits and hyphens": "영문 소문자, 숫자, 붙임표 1~62자",
  "20 to 4000 characters": "20자 이상 4,000자 이하",
  "0 to 168": "0~168시간",
  "5 to 30 digits, letters and hyphens": "숫자, 영문자, 붙임표 5~30자",
  "a day of the calendar": "달력에 있는 날짜",
  "a day, YYYY-MM-DD": "YYYY-MM-DD 형식의 날짜",
  "a licence of this dataset that is active or has expired": "이용 중이거나 만료된 같은 데이터셋의 이용 허가",
  "a list of zones": "구역 목록",
  "a person owns at most 10 organisations": "한 사람은 조직을 10개까지 소유할 수 있습니다",
  "a purpose of the offer": "제공 조건에 있는 이용 목적",
  "a renewal of it is under way already": "이미 갱신이 진행 중입니다",
  "a role that can be given": "부여할 수 있는 역할",
  "a stage that there is": "정해진 성장 단계",
  "a step that there is": "정해진 시간 간격",
  "a whole number from 1 to 1000000000000": "1부터 1,000,000,000,000까지의 정수",
  "an e-mail address": "전자우편 주소",
  "an https address of at most 300 characters": "https 주소, 300자 이하",
  "an object of fields": "필드로 이루어진 객체",
  "another member": "다른 구성원",
  "at least 10 characters": "10자 이상",
  "at most 20 keys are valid at once": "동시에 쓸 수 있는 키는 20개까지입니다",
  "at most 20 networks": "네트워크 20개 이하",
  "at most 20 requests are open at once": "동시에 진행할 수 있는 신청은 20건까지입니다",
  "at most 4000 characters": "4,000자 이하",
  "at most 50 invitations are open at once": "동시에 열어 둘 수 있는 초대는 50건까지입니다",
  "at most 60 messages an hour": "한 시간에 60개까지 쓸 수 있습니다",
  "at most five years": "최대 5년",
  "at most what was asked for": "신청한 양 이하",
  "in the future": "미래의 시각",
  "not an issuer": "인증 기관이 아닙니다",
  "not before the first day": "시작일 또는 그 이후",
  "not finer than what was asked for": "신청한 것보다 세밀하지 않은 간격",
  "the same as the first approval's": "첫 승인과 같은 조건",
  "there is a newer version of this offer": "이 제공 조건에는 더 새로운 판이 있습니다",
  "there is no such field": "그런 항목은 없습니다",
  "this dataset has nothing to license": "이 데이터셋에는 이용 허가가 필요한 것이 없습니다",
  "this offer needs no licence": "이 제공 조건에는 이용 허가가 필요하지 않습니다",
  "today or later": "오늘 또는 그 이후",
  "within 31 days": "31일 이내",
  "within what was asked for": "신청한 범위 안",
  "zones of the dataset's city": "데이터셋이 속한 도시의 구역",
  taken: "이미 쓰이고 있습니다",
  // What to do
  "Choose another one.": "다른 것을 골라 주세요",
  "Correct it.": "값을 고쳐 주세요",
  "Invite them first.": "먼저 초대해 주세요",
  "Leave it out.": "빼 주세요",
  "Leave the terms out, or ask and begin again.": "조건을 빼거나, 추가 정보를 요청해 처음부터 다시 검토해 주세요",
  "Load the offer again.": "제공 조건을 다시 불러와 주세요",
  "Ownership moves by transferOwnership.": "소유권은 소유권 이전으로 넘깁니다",
  "Revoke one.": "키 하나를 폐기해 주세요",
  "Say what the data are for.": "데이터를 어디에 쓸지 적어 주세요",
  "Say why, so that a person understands it.": "상대가 이해할 수 있게 이유를 적어 주세요",
  "Use the data with a key or without.": "키를 쓰거나 키 없이 바로 이용하세요",
  "Wait a while.": "잠시 뒤에 다시 해 주세요",
  "Withdraw some, or wait for the decisions.": "일부를 철회하거나 결정을 기다려 주세요",
  "Withdraw some.": "일부를 철회해 주세요",
  "Write what is asked, answered or objected to.": "질문, 답변, 이의의 내용을 적어 주세요",
  // Refusals of acts
  "an appeal is decided by somebody else": "이의 신청은 거절한 사람이 아닌 다른 담당자가 결정합니다",
  "an organisation that provides data cannot be closed": "데이터를 제공하는 조직은 닫을 수 없습니다",
  "an organisation with members has an owner": "구성원이 있는 조직에는 소유자가 있어야 합니다",
  "an owner gives the ownership away first, or closes the organisation":
    "소유자는 먼저 소유권을 넘기거나 조직을 닫아야 합니다",
  "it is attested already": "이미 확인된 조직입니다",
  "keys are of active licences": "이용 중인 허가에만 키를 만들 수 있습니다",
  "managers are made by the owner": "관리자는 소유자만 지정할 수 있습니다",
  "nobody attests an organisation of their own": "자기 조직은 스스로 확인할 수 없습니다",
  "nobody decides a request of their own": "자기가 낸 신청은 스스로 결정할 수 없습니다",
  "the invitation is over": "끝난 초대입니다",
  "the key is over": "끝난 키입니다",
  "this is for the other side to do": "상대 쪽에서 할 일입니다",
  "this needs another role in the organisation": "조직에서 다른 역할이 있어야 할 수 있습니다",
  "this was done before": "이미 한 일입니다",
  "two different people approve what is of high risk": "위험도가 높은 데이터셋은 서로 다른 두 사람이 승인해야 합니다",
};

/** A rule whose end is a value: `not finer than PT1H`. */
const FINER = /^not finer than (P\w+)$/;

/** A sentence of the database in both languages, as it begins a sentence; null for one that is not known. */
export function wordsOf(english: string | undefined): LocalText | null {
  if (english === undefined) return null;
  const step = FINER.exec(english)?.[1];
  const korean = step === undefined ? KOREAN[english] : `${step}보다 세밀하지 않은 간격`;
  return korean === undefined ? null : { ko: korean, en: english };
}

/** The same as a whole sentence. */
export function sentenceOf(english: string | undefined): LocalText | undefined {
  const words = wordsOf(english);
  if (words === null) return undefined;
  return { ko: `${words.ko}.`, en: `${words.en.charAt(0).toUpperCase()}${words.en.slice(1)}.` };
}
