import type { BiText } from "../privacy/card-texts.ts";

/** Why use of a licence was refused: the words of the meter, for people. Times are RFC 3339, numbers units. */
export const QUOTA_TEXTS = {
  /** the quota of a month does not allow it */
  QUOTA: ({ month, limit, used, resetAt }: { month: string; limit: number; used: number; resetAt: string }): BiText => {
    const [all, gone, left] = [limit, used, Math.max(0, limit - used)].map((units) => units.toLocaleString("en"));
    return {
      en: `The quota of ${all} units of ${month} leaves ${left} (used ${gone}); it begins anew at ${resetAt}.`,
      ko: `${month}의 이용 한도 ${all}단위 가운데 ${left}단위가 남아 있습니다(이용 ${gone}단위). ${resetAt}에 다시 채워집니다.`,
    };
  },
  /** open requests hold what is left */
  HELD: (): BiText => ({
    en: "Open requests of this licence hold what is left of its quota.",
    ko: "이 이용 허가로 진행 중인 요청들이 남은 한도를 쓰고 있습니다.",
  }),
  /** one caller of several holds its share */
  SHARE: (): BiText => ({
    en: "Other callers of this licence wait, and this one holds its share of what is left.",
    ko: "같은 이용 허가를 쓰는 다른 이용자가 기다리고 있어, 이 이용자의 몫만큼만 동시에 쓸 수 있습니다.",
  }),
  /** faster than the licence allows */
  RATE: (): BiText => ({
    en: "This licence is used faster than it may be.",
    ko: "이 이용 허가로 허용된 속도보다 빠르게 요청하고 있습니다.",
  }),
  /** the meter cannot count */
  UNCONFIRMED: (): BiText => ({
    en: "The use of licences cannot be counted at the moment; open data is answered meanwhile.",
    ko: "지금은 이용량을 셀 수 없어 이용 허가가 필요한 데이터를 잠시 답하지 않습니다. 공개 데이터는 볼 수 있습니다.",
  }),
} as const;

/** Both languages in one sentence after another, as errors of the API carry them. */
export const bothLanguages = ({ en, ko }: BiText): string => `${en} ${ko}`;
