import type { BiText } from "../privacy/card-texts.ts";
import { formatInstant } from "../time.ts";
import type { Decision, Hint, RefusalReason } from "./entitlement.ts";
import { STEP_TEXTS } from "./terms-texts.ts";

type Said = (hint: Hint) => BiText;

const AREA_NAMES = 5;
const names = (area: readonly string[] = []): string =>
  `${area.slice(0, AREA_NAMES).join(", ")}${area.length > AREA_NAMES ? ", …" : ""}`;

const STEP: Said = ({ step }) =>
  step === undefined
    ? { ko: "더 긴 시간 단위로 물어 주세요.", en: "Ask in longer time steps." }
    : {
        ko: `여기서는 ${STEP_TEXTS[step].ko} 이상의 단위만 볼 수 있습니다.`,
        en: `Here you may see steps of ${STEP_TEXTS[step].en} or longer.`,
      };

/** Why a question was refused, as a person understands it, and what would be answered. */
const TEXTS: Readonly<Record<RefusalReason, Said>> = {
  CREDENTIAL_ENDED: () => ({ ko: "로그인이나 키의 기한이 지났습니다.", en: "The login or key has expired." }),
  SIGN_IN: () => ({
    ko: "로그인하거나 무료 키를 쓰면 볼 수 있습니다.",
    en: "Sign in or use a free key to see this.",
  }),
  SANDBOX: (hint) => ({
    ko: `시험용 키로는 가상 데이터의 공개·등록 단계만 볼 수 있습니다.${hint.step === undefined ? "" : ` ${STEP(hint).ko}`}`,
    en: `A sandbox key sees the open and registered views of synthetic data alone.${hint.step === undefined ? "" : ` ${STEP(hint).en}`}`,
  }),
  NO_LICENCE: (hint) => ({
    ko: `이 값을 보려면 이용 허가가 필요합니다.${hint.step === undefined ? "" : ` 허가 없이는 ${STEP_TEXTS[hint.step].ko} 이상의 단위로 볼 수 있습니다.`}`,
    en: `These values need a licence.${hint.step === undefined ? "" : ` Without one you may see steps of ${STEP_TEXTS[hint.step].en} or longer.`}`,
  }),
  NOT_YET: ({ from = "" }) => ({
    ko: `이용 허가는 ${from}부터 쓸 수 있습니다.`,
    en: `The licence begins on ${from}.`,
  }),
  SUSPENDED: () => ({
    ko: "이용 허가가 정지되어 있습니다. 이유는 허가의 대화에 있습니다.",
    en: "The licence is suspended; its page says why.",
  }),
  ENDED: () => ({
    ko: "이용 허가가 끝났습니다. 다시 신청할 수 있습니다.",
    en: "The licence has ended. You may ask for another one.",
  }),
  AREA: ({ area }) => ({
    ko: `이용 허가의 지역 밖입니다. 허가된 지역: ${names(area)}.`,
    en: `This is outside the area of the licence. Within it: ${names(area)}.`,
  }),
  PERIOD: ({ from = "", to = "" }) => ({
    ko: `이용 허가의 기간 밖입니다. 허가된 기간: ${from}부터 ${to}까지.`,
    en: `This is outside the period of the licence, which is ${from} to ${to}.`,
  }),
  STEP,
  DELAY: ({ until = 0 }) => ({
    ko: `${formatInstant(until)}까지 끝난 값만 볼 수 있습니다.`,
    en: `Only values up to ${formatInstant(until)} show here.`,
  }),
  PURPOSE: ({ purpose = "" }) => ({
    ko: `이용 허가의 목적(${purpose})과 다릅니다.`,
    en: `The licence is for another purpose (${purpose}).`,
  }),
  RESTRICTED: () => ({
    ko: "법에 따라 지정된 기관만 따로 받는 값입니다.",
    en: "Only agencies named by law receive these values, by another way.",
  }),
  UNKNOWN: () => ({ ko: "이 질문에는 답할 수 없습니다.", en: "This question cannot be answered." }),
};

export const refusalText = ({ reason, hint }: Extract<Decision, { effect: "REFUSE" }>): BiText => TEXTS[reason](hint);
