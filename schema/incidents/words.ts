import type { LocalText } from "../values.ts";

/** Kinds of event rows: things, never persons (rule P14). */
export const KINDS = [
  "ROAD_WORKS",
  "POTHOLE",
  "FALLEN_OBJECT",
  "WATER_LEAK",
  "STREET_LIGHT",
  "WEATHER_WARNING",
  "ROAD_CLOSURE",
  "CROWD_LEVEL_CHANGE",
  "TRAFFIC_ACCIDENT",
] as const;
export type Kind = (typeof KINDS)[number];

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
};

/** The template of an incident's title; free text is never published (rule P14). */
export const title = (kind: Kind, zone: LocalText): LocalText => ({
  ko: `${zone.ko} ${NAMES[kind].ko}`,
  en: `${NAMES[kind].en}, ${zone.en}`,
});
