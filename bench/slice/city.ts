import { dayBounds } from "../../core/time.ts";
import type { Pool } from "../../runtime/postgres.ts";
import {
  addDevice,
  type CitySpec,
  declareBackfill,
  makeCity,
  type TestCity,
  type TestZone,
} from "../../tests/support/city.ts";
import type { Backfill, Identity } from "../../tests/support/device.ts";
import { CENTRE } from "../../tests/support/readings.ts";

export const TIME_ZONE = "Asia/Seoul";
/** Past days, so that every window may close as soon as the day's end marker comes. */
export const DAYS = ["2026-03-02", "2026-03-03"] as const;
export const POLES = 12;

/** Places 550 m apart on a row: each lies in a cell of its own. */
const AROUND: readonly (readonly [number, number])[] = Array.from(
  { length: 7 },
  (_, at) => [CENTRE[0] + (at - 3) * 0.006, CENTRE[1]] as const,
);
const names = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${kind}-${String.fromCharCode(97 + at)}`);

const CELLS = names("cell", AROUND.length);
const PLAZAS = names("plaza", POLES);
const SEGMENTS = names("segment", POLES);

const zones = (kind: TestZone["kind"], slugs: readonly string[]): TestZone[] =>
  slugs.map((slug, at) => ({ slug, kind, at: AROUND[at % AROUND.length] ?? CENTRE }));

const PEOPLE: CitySpec = {
  timeZone: TIME_ZONE,
  zones: [...zones("CELL", CELLS), ...zones("PLAZA", PLAZAS)],
  plans: [
    { name: "flow", statistic: "PRESENCE", step: "PT1H", bound: 6, epsilonMicro: 600_000, zones: CELLS },
    { name: "occupancy", statistic: "OCCUPANCY", step: "PT10M", bound: 24, epsilonMicro: 600_000, zones: PLAZAS },
  ],
};

const VEHICLES: CitySpec = {
  timeZone: TIME_ZONE,
  unit: "VEHICLE_DAY",
  zones: zones("SEGMENT", SEGMENTS),
  plans: [
    {
      name: "vehicles",
      statistic: "PASSAGES",
      step: "PT15M",
      bound: 10,
      epsilonMicro: 800_000,
      zones: SEGMENTS,
      classes: ["CAR", "BUS", "TRUCK", "MOTORCYCLE"],
    },
  ],
};

export type Sender = Identity & { sequence: number };
export type BenchCity = TestCity & { kind: "people" | "vehicles"; devices: Sender[]; backfill: string };

/** The people or the vehicles of a sample city: the plans of the privacy page's table, twelve poles. */
export async function makeBenchCity(hub: Pool, kind: BenchCity["kind"]): Promise<BenchCity> {
  const city = await makeCity(hub, kind === "people" ? PEOPLE : VEHICLES);
  const devices: Sender[] = [];
  for (let pole = 0; pole < POLES; pole++) devices.push({ ...(await addDevice(hub, city)), sequence: 0 });
  const backfill = await declareBackfill(hub, city, DAYS[0], DAYS[DAYS.length - 1]);
  return { ...city, kind, devices, backfill };
}

export const backfillOf = (city: BenchCity, day: string, end = false): Backfill => ({
  id: city.backfill,
  day,
  ...(end && { end }),
});

/** A part of a local day in epoch ms: `part` of `parts`, from 0. */
export function partOfDay(day: string, part: number, parts: number): { from: number; to: number } {
  const { from, to } = dayBounds(day, TIME_ZONE);
  const hours = 24 / parts;
  return { from: from + part * hours * 3_600_000, to: Math.min(to, from + (part + 1) * hours * 3_600_000) };
}

/** Every unit is seen for a minute, three times in the period, each time at another hour and place. */
const SIGHTINGS = 3;
const STAY_SECONDS = 60;

/**
 * The readings of a period as JSON texts of `size` readings each, in order of time, as poles send them. Every reading
 * is a new unit, hour and place, so that each becomes a contribution and none is a repetition.
 */
export function lists(city: BenchCity, period: { from: number; to: number }, total: number, size: number): string[] {
  const seconds = (period.to - period.from) / 1000 - STAY_SECONDS;
  const units = Math.ceil(total / SIGHTINGS);
  const texts: string[] = [];
  for (let first = 0; first < total; first += size) {
    const list: string[] = [];
    for (let nth = first; nth < Math.min(first + size, total); nth++) {
      const at = period.from + Math.floor((nth * seconds) / total) * 1000;
      list.push(city.kind === "people" ? person(nth % units, nth, at) : vehicle(nth % units, nth, at));
    }
    texts.push(`[${list.join(",")}]`);
  }
  return texts;
}

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

function body(at: number, nth: number): string {
  const place = AROUND[nth % AROUND.length] ?? CENTRE;
  return (
    `"behaviour":"MOVE","from":"${iso(at)}","to":"${iso(at + STAY_SECONDS * 1000)}",` +
    `"longitude":${place[0].toFixed(7)},"latitude":${place[1].toFixed(7)},"speed":41,"confidence":93,"model":"test-1"`
  );
}

const person = (unit: number, nth: number, at: number): string =>
  `{"type":"track","subject":{"kind":"track","id":"person-${at % 7}-${unit}"},"class":"PERSON",` +
  `"zone":"${PLAZAS[nth % POLES]}",${body(at, nth)}}`;

const vehicle = (unit: number, nth: number, at: number): string =>
  `{"type":"track","subject":{"kind":"vehicle","id":"vehicle-${unit}"},"class":"CAR",` +
  `"zone":"${SEGMENTS[nth % POLES]}",${body(at, nth)}}`;

/** A heartbeat of every ten minutes of a day, as one list. */
export function heartbeats(day: string): string {
  const { from, to } = dayBounds(day, TIME_ZONE);
  const beats: string[] = [];
  for (let at = from; at < to; at += 600_000) beats.push(`{"type":"heartbeat","at":"${iso(at)}"}`);
  return `[${beats.join(",")}]`;
}
