import type { Reading } from "../../core/edge/batch.ts";
import { dayBounds, formatInstant, type TimeWindow } from "../../core/time.ts";
import type { SampleCity } from "./city.ts";
import { DESK_DEVICE } from "./incidents.ts";
import type { Outbox } from "./outbox.ts";
import { between, pick, type Random, seeded } from "./random.ts";

type Report = Extract<Reading, { type: "report" }>;
type Told = { readonly device: string; readonly at: number; readonly reading: Report };

const HOUR = 3_600_000;
const ACCOUNTS = 400;
/** Blocks of the day in which people are about, by the hour they begin at. */
const BLOCKS = [9, 12, 15, 18, 21] as const;
const KINDS = ["TRAFFIC_ACCIDENT", "DUMPING", "NOISE"] as const;
const NOTES: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = {
  TRAFFIC_ACCIDENT: ["차 두 대가 부딪혀 차로 하나가 막힘", "12가3456 흰 차가 난간을 들이받음"],
  DUMPING: ["봉투 여러 개가 길가에 버려짐", "담당 010-0000-0000에게 알렸는데 그대로임"],
  NOISE: ["공사 소리가 아주 큼", "밤에 확성기를 씀"],
};

/** Several sources tell of one place and block. */
type Gathering = { readonly sources: number; readonly kinds: number; readonly source: "ACCOUNT" | "GUEST" };

/** Those of a day: some unlock, and some do not: too few, of one kind, by guests. */
function gatherings(random: Random): Gathering[] {
  const many = Array.from({ length: between(random, 1, 3) }, () => ({ sources: between(random, 6, 9), kinds: 2 }));
  const few = Array.from({ length: 4 }, () => ({ sources: between(random, 1, 4), kinds: 2 }));
  return [
    ...[...many, ...few, { sources: 7, kinds: 1 }].map((one) => ({ ...one, source: "ACCOUNT" as const })),
    { sources: 7, kinds: 2, source: "GUEST" },
  ];
}

/** What a day brings: the same whenever it is asked for, so that it can be told piece by piece. */
export function reportsOf(city: SampleCity, day: string): Told[] {
  const random = seeded(`${day}/reports`);
  const points = city.config.snapSets.at(-1)?.points ?? [];
  if (points.length === 0) return [];
  const { from: dayStart } = dayBounds(day, city.timeZone);
  const told: Told[] = [];
  for (const [nth, { sources, kinds, source }] of gatherings(random).entries()) {
    const point = pick(random, points);
    const block = dayStart + pick(random, BLOCKS) * HOUR;
    const first = pick(random, KINDS);
    const others = KINDS.filter((kind) => kind !== first);
    for (let one = 0; one < sources; one++) {
      const at = block + Math.floor(random() * 3 * HOUR);
      const category = one % 4 === 1 && kinds > 1 ? pick(random, others) : first;
      told.push({
        device: DESK_DEVICE,
        at,
        reading: {
          type: "report",
          subject: { kind: "account", id: `citizen-${(nth * 97 + one * 13 + between(random, 0, 6)) % ACCOUNTS}` },
          source,
          key: `told-${letters(nth)}-${letters(one)}`,
          revision: 1,
          category,
          severity: random() < 0.85 ? "MINOR" : "MODERATE",
          urgency: "IMMEDIATE",
          certainty: "OBSERVED",
          cause: random() < 0.85 ? "HUMAN" : null,
          at: formatInstant(at),
          ...beside(point.position, random),
          ...(random() < 0.4 && { note: pick(random, NOTES[category]) }),
        },
      });
    }
  }
  return told;
}

/** What is reported in a span of a day. */
export function reportsBetween(city: SampleCity, day: string, span: TimeWindow, outbox: Outbox): void {
  for (const { device, at, reading } of reportsOf(city, day)) {
    if (at >= span.from && at < span.to) outbox.add(device, "report", reading);
  }
}

const letters = (value: number): string => String.fromCharCode(97 + value);

/** A place within some 150 m of a point. */
function beside([longitude, latitude]: readonly [number, number], random: Random) {
  const shift = (degrees: number): number => Math.round((degrees + (random() - 0.5) * 0.0026) * 1e6) / 1e6;
  return { longitude: shift(longitude), latitude: shift(latitude) };
}
