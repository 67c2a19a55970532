import type { BiText } from "../privacy/card-texts.ts";
import type { Step } from "../time.ts";
import { formatMoney } from "./price.ts";
import type { OfferTerms, Purpose, Tier } from "./terms.ts";

/** What data may be used for, in words. */
const PURPOSE_TEXTS: Readonly<Record<Purpose, BiText>> = {
  RESEARCH: { ko: "연구", en: "research" },
  PRODUCT_DEVELOPMENT: { ko: "제품 개발", en: "product development" },
  COMMERCIAL_SERVICE: { ko: "유료 서비스 운영", en: "running a commercial service" },
  PUBLIC_SERVICE: { ko: "공공 서비스", en: "public services" },
  EDUCATION: { ko: "교육", en: "education" },
  JOURNALISM: { ko: "언론 보도", en: "journalism" },
};

export const STEP_TEXTS: Readonly<Record<Step, BiText>> = {
  PT10M: { ko: "10분", en: "10 minutes" },
  PT15M: { ko: "15분", en: "15 minutes" },
  PT1H: { ko: "1시간", en: "one hour" },
  P1D: { ko: "하루", en: "one day" },
  P1M: { ko: "한 달", en: "one month" },
  P1Y: { ko: "한 해", en: "one year" },
};

const WHO: Readonly<Record<Tier, BiText>> = {
  OPEN: { ko: "로그인 없이 누구나 이용할 수 있습니다.", en: "Everyone may use the data without signing in." },
  REGISTERED: {
    ko: "로그인하거나 무료 키를 쓰는 누구나 이용할 수 있습니다.",
    en: "Everyone who signs in or uses a free key may use the data.",
  },
  LICENSED: {
    ko: "이용 허가를 받은 조직이 허가된 지역과 기간 안에서 이용할 수 있습니다.",
    en: "Organisations with a licence may use the data within its area and period.",
  },
  RESTRICTED: {
    ko: "법에 따라 지정된 기관만 이용할 수 있습니다.",
    en: "Only agencies named by law may use the data.",
  },
};

const number = (value: bigint, language: "ko" | "en") => new Intl.NumberFormat(language).format(value);

function cost(terms: OfferTerms, language: "ko" | "en"): string {
  const money = (minor: bigint) => formatMoney(minor, terms.currency, language);
  const isKorean = language === "ko";
  switch (terms.priceModel) {
    case "FREE":
      return isKorean ? "무료입니다." : "It is free of charge.";
    case "FLAT":
      return isKorean ? `한 번 ${money(terms.price)}을 냅니다.` : `It costs ${money(terms.price)} once.`;
    case "SUBSCRIPTION": {
      const price = isKorean ? `한 달에 ${money(terms.price)}을 냅니다.` : `It costs ${money(terms.price)} a month.`;
      const rest = terms.carryOver
        ? {
            ko: "쓰지 않은 이용량은 다음 달로 한 번 넘어갑니다.",
            en: "What is left of a month's quota adds to the next month's, once.",
          }
        : {
            ko: "쓰지 않은 이용량은 다음 달로 넘어가지 않습니다.",
            en: "What is left of a month's quota does not carry over.",
          };
      return `${price} ${rest[language]}`;
    }
    case "METERED": {
      const free = number(terms.freeQuota, language);
      const use = isKorean
        ? `한 달에 ${free}단위까지는 무료이고, 그 뒤로는 1,000,000단위에 ${money(terms.unitPriceMicro)}을 냅니다.`
        : `The first ${free} units of a month are free; beyond that, 1,000,000 units cost ${money(terms.unitPriceMicro)}.`;
      const cap =
        terms.monthlyCap === null
          ? { ko: "한 달 요금에 상한은 없습니다.", en: "What a month costs has no limit." }
          : {
              ko: `한 달에 ${money(terms.monthlyCap)}을 넘지 않습니다.`,
              en: `A month never costs more than ${money(terms.monthlyCap)}.`,
            };
      return `${use} ${cap[language]}`;
    }
  }
}

/** The sentences that an offer's text must hold, one for each thing that its fields say. */
export function clauses(terms: OfferTerms, language: "ko" | "en"): string[] {
  const say = (text: BiText) => text[language];
  const { finestStep, tier, purposes } = terms;
  const isLicensed = tier === "LICENSED";
  const list = purposes.map((one) => PURPOSE_TEXTS[one][language]).join(", ");
  return [
    say(WHO[tier]),
    finestStep === null
      ? say({
          ko: "값은 공개된 시간 단위 그대로입니다.",
          en: "Values come in the time steps in which they are released.",
        })
      : say({
          ko: `값의 시간 단위는 ${STEP_TEXTS[finestStep].ko}이거나 그보다 깁니다.`,
          en: `Values come in time steps of ${STEP_TEXTS[finestStep].en} or longer.`,
        }),
    terms.delaySeconds === 0
      ? say({ ko: "값은 공개되는 즉시 보입니다.", en: "Values show as soon as they are released." })
      : say({
          ko: `값은 ${terms.delaySeconds}초 뒤에 보입니다.`,
          en: `Values show ${terms.delaySeconds} seconds later.`,
        }),
    purposes.length === Object.keys(PURPOSE_TEXTS).length
      ? say({ ko: "목적에는 제한이 없습니다.", en: "They may be used for every purpose." })
      : say({
          ko: `다음 목적에만 쓸 수 있습니다: ${list}.`,
          en: `They may be used for these purposes alone: ${list}.`,
        }),
    ...(isLicensed
      ? [
          say({
            ko: `이용량은 따로 정하지 않으면 한 달에 ${number(terms.quotaMonthly, "ko")}단위까지이며, 1단위는 값 하나입니다.`,
            en: `Unless agreed otherwise, up to ${number(terms.quotaMonthly, "en")} units may be used a month; one unit is one value.`,
          }),
        ]
      : []),
    cost(terms, language),
    say({ ko: "출처를 밝혀야 합니다.", en: "The source must be named." }),
    say({ ko: "값에서 개인을 알아내려 해서는 안 됩니다.", en: "Nobody may try to find out persons from the values." }),
    isLicensed
      ? say({
          ko: "값 자체를 다른 사람에게 넘길 수 없지만, 값으로 만든 결과물은 공개할 수 있습니다.",
          en: "The values themselves may not be passed on; what is made of them may be published.",
        })
      : say({ ko: "값을 다른 사람에게 넘길 수 있습니다.", en: "The values may be passed on." }),
    say({
      ko: `조건은 ${terms.noticeDays}일 전에, 가격은 ${terms.priceNoticeDays}일 전에 알리고 바꿉니다.`,
      en: `Terms change with ${terms.noticeDays} days' notice, prices with ${terms.priceNoticeDays} days' notice.`,
    }),
    ...(isLicensed
      ? [
          say({
            ko: `신청은 ${terms.decisionDays}일 안에 결정합니다.`,
            en: `Requests are decided within ${terms.decisionDays} days.`,
          }),
        ]
      : []),
  ];
}
