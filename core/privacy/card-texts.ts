/** A text in Korean and English. */
export type BiText = { readonly ko: string; readonly en: string };

/** What the texts of a card need to know of a plan. */
export type TextPlan = {
  readonly statistic: string;
  readonly unit: string;
  readonly typicalUnits: number;
  readonly bound: number;
  readonly threshold: number | null;
  readonly latenessSeconds: number;
  readonly populationPlans: readonly { readonly microEpsilon: number; readonly picoDelta: number }[];
};

/** A known limit; `id` names it for machines. */
export type KnownLimit = BiText & { readonly id: string };

const UNITS: Readonly<Record<string, BiText>> = {
  TRACK_DAY: { ko: "한 기기가 하루에 본 한 사람의 궤적", en: "one person's track as one device sees it in a day" },
  VEHICLE_DAY: { ko: "하루 동안의 차량 한 대", en: "one vehicle in a day" },
  TRIP: { ko: "이동 한 건", en: "one trip" },
  CROSSING: { ko: "통과 한 번", en: "one crossing" },
  INCIDENT: { ko: "사건 한 건", en: "one incident" },
};

/** What one counted unit is, in words. */
export const unitText = (unit: string): BiText => UNITS[unit] ?? { ko: unit, en: unit };

const daily = ({ populationPlans }: TextPlan): number =>
  populationPlans.reduce((sum, { microEpsilon }) => sum + microEpsilon, 0) / 1e6;

/** δ of a unit-day; 0 where no plan of the population is Gaussian. */
const delta = ({ populationPlans }: TextPlan): number =>
  populationPlans.reduce((sum, { picoDelta }) => sum + picoDelta, 0) / 1e12;

/** The statement in the plan's own numbers; for rows about things, that it does not cover them. */
export function protects(plan: TextPlan | null): BiText {
  if (plan === null) {
    return {
      ko: "이 데이터셋은 사람이 아니라 사물에 관한 기록이며, 잡음 통계에 대한 약속의 대상이 아닙니다. 사람에 관한 기록은 들어올 수 없습니다.",
      en: "This dataset holds rows about things, not people. It is outside the statement on noised statistics; rows about people cannot enter it.",
    };
  }
  const unit = unitText(plan.unit);
  const added =
    delta(plan) === 0
      ? { ko: "", en: "" }
      : { ko: `에 δ = ${delta(plan)}을 더한 것`, en: ` and an addition of δ = ${delta(plan)}` };
  return {
    ko: `현지 하루 동안 한 단위(${unit.ko})의 접수된 기록이 들어 있든 없든, 이 집단에서 나온 모든 잡음 통계의 확률은 e^${daily(plan)}배${added.ko} 넘게 달라지지 않습니다.`,
    en: `Whether the accepted records of one unit (${unit.en}) on one local day are in or out changes the probability of all noised statistics of its population by at most a factor e^${daily(plan)}${added.en}.`,
  };
}

/** What the statement leaves open, in one paragraph. */
export function doesNotProtect(plan: TextPlan | null): BiText {
  if (plan === null) {
    return {
      ko: "값은 그대로 공개됩니다. 언제 어디서 무슨 일이 사물에 일어났는지는 누구나 볼 수 있습니다.",
      en: "Values are published as they are: what happened to a thing, where and when, is for everybody to see.",
    };
  }
  const crossing =
    plan.unit === "CROSSING"
      ? { ko: " 한 사람은 여러 번 지나갑니다.", en: " One person crosses many times." }
      : { ko: "", en: "" };
  return {
    ko: `단위는 사람이 아닙니다. ${person(plan.typicalUnits).ko}${crossing.ko} 사물의 사건 기록, 자전거와 거치대 현황, 센서 위치는 이 약속 밖에 있습니다. 하루 ${plan.bound}칸을 넘는 기록과 거절되거나 늦은 기록은 세지 않습니다.`,
    en: `A unit is not a person: ${person(plan.typicalUnits).en}${crossing.en} Event rows about things, vehicle and dock availability and sensor positions are outside this promise. Records beyond ${plan.bound === 1 ? "one cell" : `${plan.bound} cells`} a day, refused or late are not counted.`,
  };
}

/** What it costs a person to be seen as so many units. */
const person = (units: number): BiText =>
  units === 1
    ? {
        ko: "한 사람은 보통 하루에 한 단위로 보이지만, 더 자주 보이면 비용도 그만큼 늘어납니다.",
        en: "somebody is typically seen as one unit a day, and whoever is seen as more has that many times the cost.",
      }
    : {
        ko: `한 사람이 ${units}개의 단위로 보이면 비용도 ${units}배입니다.`,
        en: `somebody seen as ${units} units has ${units} times the cost.`,
      };

/** How long what is kept. */
export function retentionText(days: number, plan: TextPlan | null): BiText {
  if (plan === null) {
    return {
      ko: "공개된 기록은 지우거나 고치지 않습니다. 새 판이 나오면 이전 판과 함께 남습니다.",
      en: "Published rows are never deleted or changed; a later revision stands beside the earlier one.",
    };
  }
  const hours = Math.round(plan.latenessSeconds / 3600);
  return {
    ko: `가명 기록은 제한된 저장소에서 길어야 ${days}일 동안만 살며, 하루의 열쇠는 그날이 끝나고 ${hours}시간 뒤에 없앱니다. 처리 기록은 3년 이상 남깁니다. 발표된 값은 지우거나 고치지 않습니다.`,
    en: `Pseudonymised records live at most ${days} days in the restricted store; the keys of a day are destroyed ${hours} hours after it ends. Records of the processing are kept for three years or more. Released values are never deleted or changed.`,
  };
}

/** The known limits that apply, the heaviest first: k·ε of a person and the sum over a year. */
export function knownLimits(kind: "NOISED" | "EVENTS" | "AVAILABILITY", plan: TextPlan | null): KnownLimit[] {
  if (plan === null) return kind === "EVENTS" ? [THINGS, SENSITIVE] : [THINGS];
  const total = daily(plan);
  const k = plan.typicalUnits;
  const round = (value: number): number => Number(value.toFixed(2));
  return [
    {
      id: "PERSON_IS_K_UNITS",
      ko: `한 사람이 하루에 k개의 단위로 보이면 ε은 k배입니다. 여기서 흔한 k는 ${k}이며 하루 ε ${round(k * total)}입니다. 다른 집단에도 보이면 그만큼 더해집니다.`,
      en: `A person seen as k units in a day has k times the ε: with the k of ${k} that is typical here, ε ${round(k * total)} a day; other populations that see the person add theirs.`,
    },
    {
      id: "DAYS_ADD_UP",
      ko: `날마다 보이면 더해집니다. 한 단위가 365일 보이면 순수 ε ${round(365 * total)}, k = ${k}인 사람은 ${round(365 * k * total)}입니다. 이 크기의 ε은 그 자체로는 보호가 아닙니다.`,
      en: `Days add up: a unit that is there on 365 days has a pure ε of ${round(365 * total)}, a person with k = ${k} has ${round(365 * k * total)}. An ε of that size is no protection by itself.`,
    },
    {
      id: "ACCEPTED_RECORDS_ONLY",
      ko: "약속은 접수된 기록에 대한 것입니다. 거절되거나 늦거나 한도를 넘은 기록은 통계에 들어가지 않으며, 구간은 잡음만 나타냅니다.",
      en: "The statement is about accepted records. What was refused, late or beyond the bound is not in the statistics, and an interval covers the noise alone.",
    },
    {
      id: "OUTSIDE_THE_STATEMENT",
      ko: "사물의 사건 기록, 차량과 거치대 현황, 예측, 기관 사이의 메시지, 센서 위치, 일정, 피드가 있다는 사실은 약속 밖에 있습니다.",
      en: "Outside the statement: event rows about things, vehicles and docks, forecasts, messages of agencies, positions of sensors, schedules, and that a feed exists.",
    },
    {
      id: "CORRECTIONS_ADD",
      ko: "선언된 장애를 정정한 날은 계획한 ε에 정정의 ε이 더해지며 2.0을 넘지 않습니다. 두 판이 모두 보이므로 합쳐서 볼 수 있고, 위의 날수별 값은 계획만 셉니다. 장애를 선언할지는 값이 아니라 하트비트와 운영에서 정해야 합니다.",
      en: "A day with a correction for a declared outage costs the planned ε and the correction's, together at most 2.0. Both versions stay visible and can be combined; the figures over days count plans only. Whether to declare must follow from heartbeats and operations, never from values.",
    },
    {
      id: "INSIDER_WITH_THE_KEY",
      ko: "그날의 열쇠와 제한된 저장소를 함께 가진 내부자는 그날 한 단위의 기록을 이을 수 있고, 아는 번호가 있었는지 확인할 수 있습니다. 열쇠가 없어진 뒤에는 아무도 못 합니다.",
      en: "An insider with the day's key and the restricted store can link what one unit did on that day, and test whether a known identifier was there. Once the key is destroyed nobody can.",
    },
    {
      id: "ERASURE_OF_THE_MEDIUM",
      ko: "열쇠를 지우면 봉인된 기록은 읽을 수 없게 되지만, 저장 매체 자체가 지워지는 것은 아닙니다. 그것이 필요하면 키 관리 장치를 씁니다.",
      en: "Destroying a key makes sealed records unreadable; it does not erase the medium. Who needs that uses a key management device.",
    },
    ...(plan.threshold === null ? [] : [SPARSE]),
    ...(plan.statistic === "OCCUPANCY" ? [OCCUPANCY] : []),
  ];
}

const THINGS: KnownLimit = {
  id: "THINGS_ARE_EXACT",
  ko: "사물에 관한 값은 잡음이 없습니다. 사물 가까이에 누가 있었는지를 다른 정보와 함께 짐작할 수 있습니다.",
  en: "Values about things carry no noise. Together with other knowledge they may let somebody guess who was near.",
};

const SENSITIVE: KnownLimit = {
  id: "FALSE_REPORTS",
  ko: "민감한 사건은 확인된 출처 다섯 곳이 있어야 보입니다. 확인된 신고원 넷을 가진 사람은 거짓 신고 네 건으로 그 지점, 그 세 시간에 다섯째 확인된 신고원이 있었는지와 그가 알린 종류를 알아낼 수 있습니다. 다섯을 가진 사람은 없는 일을 보이게 할 수 있고, 계정을 보증하는 기기는 그런 신고원을 얼마든지 만들 수 있습니다. 이것은 막을 수 없어 여기 적습니다.",
  en: "A sensitive incident shows from five verified sources on. Whoever holds four can learn by four false reports whether a fifth verified source reported at that point in those three hours, and of which kind. Whoever holds five can make appear what never happened, and a device that vouches for accounts can make as many as it likes. It cannot be excluded, so it is said here.",
};

const SPARSE: KnownLimit = {
  id: "SPARSE_TOTALS",
  ko: "드문 쌍은 문턱 아래에서 저장되지 않으므로 쌍의 값을 더해도 합계가 되지 않습니다. 합계는 따로 발표됩니다.",
  en: "Pairs below the threshold are not stored, so that the pairs shown do not add up to a total; totals are released on their own.",
};

const OCCUPANCY: KnownLimit = {
  id: "OCCUPANCY_IS_AN_INSTANT",
  ko: "밀집도는 창이 시작하는 순간 안에 있던 단위의 수이며, 그 사이에 오간 사람은 세지 않습니다.",
  en: "Occupancy counts the units inside at the instant a window starts; who came and went in between is not counted.",
};
