import { type CAUSES, EVENT_CATEGORIES, REPORT_CATEGORIES, type SEVERITIES } from "../../core/edge/incidents.ts";
import type { LocalText } from "../values.ts";

/** Kinds of event rows: things, never persons (rule P14). */
export const KINDS = [...EVENT_CATEGORIES, "CROWD_LEVEL_CHANGE", ...REPORT_CATEGORIES] as const;
export type Kind = (typeof KINDS)[number];
export type Severity = (typeof SEVERITIES)[number];
export type Cause = (typeof CAUSES)[number];

const NAMES: Readonly<Record<Kind, LocalText>> = {
  ROAD_WORKS: { ko: "도로 공사", en: "Road works" },
  POTHOLE: { ko: "도로 파임", en: "Pothole" },
  FALLEN_OBJECT: { ko: "낙하물", en: "Fallen object" },
  WATER_LEAK: { ko: "누수", en: "Water leak" },
  STREET_LIGHT: { ko: "가로등 고장", en: "Street light out" },
  WEATHER_WARNING: { ko: "기상 특보", en: "Weather warning" },
  ROAD_CLOSURE: { ko: "도로 통제", en: "Road closed" },
  CROWD_LEVEL_CHANGE: { ko: "혼잡 단계 변화", en: "Crowd level changed" },
  TRAFFIC_ACCIDENT: { ko: "교통 충돌", en: "Collision" },
  DUMPING: { ko: "무단 투기", en: "Dumping" },
  NOISE: { ko: "소음", en: "Noise" },
};
const SEVERITY: Readonly<Record<Severity, LocalText>> = {
  UNKNOWN: { ko: "알 수 없음", en: "unknown" },
  MINOR: { ko: "가벼움", en: "minor" },
  MODERATE: { ko: "보통", en: "moderate" },
  SEVERE: { ko: "심함", en: "severe" },
  EXTREME: { ko: "매우 심함", en: "extreme" },
};
const CAUSE: Readonly<Record<Cause, LocalText>> = {
  ENVIRONMENT: { ko: "환경", en: "environment" },
  HUMAN: { ko: "사람의 행위", en: "human" },
  TECHNICAL: { ko: "기술", en: "technical" },
};

/** The template of an incident's title; free text is never published (rule P14). */
export const title = (kind: Kind, place: LocalText): LocalText => ({
  ko: `${place.ko} ${NAMES[kind].ko}`,
  en: `${NAMES[kind].en}, ${place.en}`,
});

/** What a template is made of: fields of a published row and nothing else. Times in epoch ms. */
export type Told = {
  readonly kind: Kind;
  readonly severity: Severity;
  readonly cause: Cause | null;
  readonly from: number;
  readonly to: number | null;
  readonly snapped: boolean;
  /** names of the snap point or the zone */
  readonly place: LocalText;
  readonly timeZone: string;
};

/** The sentences of an incident, put together from its row. */
export function template(told: Told): LocalText {
  const { kind, severity, cause, place, snapped } = told;
  const what = NAMES[kind];
  const when = times(told);
  const ko = [
    snapped
      ? `${when.ko}, ${place.ko} 부근에서 ${what.ko} 신고가 확인되었습니다.`
      : `${when.ko}, ${place.ko}: ${what.ko}.`,
  ];
  const en = [snapped ? `${what.en} reported near ${place.en}, ${when.en}.` : `${what.en}, ${place.en}, ${when.en}.`];
  if (severity !== "UNKNOWN") {
    ko.push(`정도: ${SEVERITY[severity].ko}.`);
    en.push(`Severity: ${SEVERITY[severity].en}.`);
  }
  if (cause !== null) {
    ko.push(`원인: ${CAUSE[cause].ko}.`);
    en.push(`Cause: ${CAUSE[cause].en}.`);
  }
  return { ko: ko.join(" "), en: en.join(" ") };
}

function times({ from, to, snapped, timeZone }: Told): LocalText {
  const start = clock(from, timeZone);
  if (snapped && to !== null) {
    // A block that ends the day ends at 24:00 of it, not at 00:00 of the next.
    const until = clock(to, timeZone).time;
    const span = `${start.time}–${until === "00:00" ? "24:00" : until}`;
    return { ko: `${start.ko} ${span}`, en: `${start.en}, ${span}` };
  }
  const since = { ko: `${start.ko} ${start.time}`, en: `${start.en}, ${start.time}` };
  if (to === null) return { ko: `${since.ko}부터`, en: `since ${since.en}` };
  const end = clock(to, timeZone);
  return { ko: `${since.ko} ~ ${end.ko} ${end.time}`, en: `${since.en} to ${end.en}, ${end.time}` };
}

type Formats = Readonly<Record<"ko" | "en" | "time", Intl.DateTimeFormat>>;
const formats = new Map<string, Formats>();

/** Day and time on the city's clock. */
function clock(at: number, timeZone: string): Record<"ko" | "en" | "time", string> {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const day = { timeZone, year: "numeric", month: "long", day: "numeric" } as const;
    format = {
      ko: new Intl.DateTimeFormat("ko-KR", day),
      en: new Intl.DateTimeFormat("en-GB", day),
      time: new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    };
    formats.set(timeZone, format);
  }
  return { ko: format.ko.format(at), en: format.en.format(at), time: format.time.format(at) };
}
