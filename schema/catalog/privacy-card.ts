import { HORIZON_DELTA, type Horizon, horizons } from "../../core/ledger/budget.ts";
import type { Builder } from "../builder.ts";
import type { LocalText, Values } from "../values.ts";
import type { PlanRow } from "./rows.ts";

type Card = { plan: PlanRow; retentionDays: number };

const UNITS: Readonly<Record<string, LocalText>> = {
  TRACK_DAY: { ko: "한 기기가 하루에 본 한 사람의 궤적", en: "one person's track as one device sees it in a day" },
  VEHICLE_DAY: { ko: "하루 동안의 차량 한 대", en: "one vehicle in a day" },
  TRIP: { ko: "이동 한 건", en: "one trip" },
  CROSSING: { ko: "통과 한 번", en: "one crossing" },
  INCIDENT: { ko: "사건 한 건", en: "one incident" },
};

/** What one counted unit is, in words. */
export const unitText = (unit: string): LocalText => UNITS[unit] ?? { ko: unit, en: unit };

const microToEpsilon = (micro: number): number => micro / 1e6;

/** What a dataset page says of privacy: the statement of docs/privacy.md in the plan's own numbers. */
export function addPrivacyCard(builder: Builder, { Text }: Values) {
  const PrivacyHorizon = builder.objectRef<Horizon>("PrivacyHorizon").implement({
    description: "What the population's plans cost a unit that is there every day.",
    fields: (t) => ({
      days: t.exposeInt("days"),
      pure: t.float({ description: "ε", resolve: ({ pureMicroEpsilon }) => microToEpsilon(pureMicroEpsilon) }),
      deltaEpsilon: t.float({
        description: "ε at δ, by zCDP or purely, whichever is less.",
        resolve: ({ approximateMicroEpsilon }) => microToEpsilon(approximateMicroEpsilon),
      }),
      delta: t.float({ resolve: () => HORIZON_DELTA }),
    }),
  });
  return builder.objectRef<Card>("PrivacyCard").implement({
    description: "What the noise protects, what it does not, and how much.",
    fields: (t) => ({
      unit: t.field({ type: Text, resolve: ({ plan }) => unitText(plan.unit) }),
      typicalUnitsPerPerson: t.int({ description: "k", resolve: ({ plan }) => plan.typicalUnits }),
      personEpsilonPerDay: t.float({
        description: "k·ε of a day over all datasets of the population.",
        resolve: ({ plan }) => microToEpsilon(plan.typicalUnits * total(plan)),
      }),
      epsilonPerDay: t.float({
        description: "ε of a unit-day over all datasets of the population.",
        resolve: ({ plan }) => microToEpsilon(total(plan)),
      }),
      datasetEpsilonPerDay: t.float({
        description: "The part of this dataset.",
        resolve: ({ plan }) => microToEpsilon(plan.epsilonMicro),
      }),
      horizons: t.field({ type: [PrivacyHorizon], resolve: ({ plan }) => horizons(plan.populationPlans) }),
      protects: t.field({ type: Text, resolve: ({ plan }) => protects(plan) }),
      doesNotProtect: t.field({ type: Text, resolve: ({ plan }) => doesNotProtect(plan) }),
      retention: t.field({ type: Text, resolve: ({ retentionDays, plan }) => retention(retentionDays, plan) }),
    }),
  });
}

const total = ({ populationPlans }: PlanRow): number =>
  populationPlans.reduce((sum, { microEpsilon }) => sum + microEpsilon, 0);

function protects(plan: PlanRow): LocalText {
  const unit = unitText(plan.unit);
  const epsilon = microToEpsilon(total(plan));
  return {
    ko: `현지 하루 동안 한 단위(${unit.ko})의 접수된 기록이 들어 있든 없든, 이 집단에서 나온 모든 잡음 통계의 확률은 e^${epsilon}배 넘게 달라지지 않습니다.`,
    en: `Whether the accepted records of one unit (${unit.en}) on one local day are in or out changes the probability of all noised statistics of its population by at most a factor e^${epsilon}.`,
  };
}

function doesNotProtect(plan: PlanRow): LocalText {
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
const person = (units: number): LocalText =>
  units === 1
    ? {
        ko: "한 사람은 보통 하루에 한 단위로 보이지만, 더 자주 보이면 비용도 그만큼 늘어납니다.",
        en: "somebody is typically seen as one unit a day, and whoever is seen as more has that many times the cost.",
      }
    : {
        ko: `한 사람이 ${units}개의 단위로 보이면 비용도 ${units}배입니다.`,
        en: `somebody seen as ${units} units has ${units} times the cost.`,
      };

function retention(days: number, plan: PlanRow): LocalText {
  const hours = Math.round(plan.latenessSeconds / 3600);
  return {
    ko: `가명 기록은 제한된 저장소에서 길어야 ${days}일 동안만 살며, 하루의 열쇠는 그날이 끝나고 ${hours}시간 뒤에 없앱니다. 발표된 값은 지우거나 고치지 않습니다.`,
    en: `Pseudonymised records live at most ${days} days in the restricted store; the keys of a day are destroyed ${hours} hours after it ends. Released values are never deleted or changed.`,
  };
}
