import { DEFAULT_THRESHOLDS, type LevelState, nextLevel, QUIET } from "../../core/crowd/level.ts";
import { parseReading } from "../../core/edge/batch.ts";
import { binOf } from "../../core/privacy/bins.ts";
import { addDays, dayBounds, localDay } from "../../core/time.ts";
import { historyOf } from "../../prisma/cities/history.ts";
import type { BatchHead } from "../device/deliver.ts";
import { sampleCity } from "./city.ts";
import { eventDayOf, sendHistory } from "./history.ts";
import type { Parcel } from "./outbox.ts";

const city = sampleCity("sangmu");
const NOW = Date.parse("2026-11-21T04:23:11Z");
const EVENT_DAY = "2026-11-14";

type Sent = { parcel: Parcel; head: Omit<BatchHead, "feed"> };

/** Everything that is sent for a population from a day on. */
async function history(population: string, after: string | null): Promise<Sent[]> {
  const backfill = historyOf(city.config, NOW).find((one) => one.population === population);
  if (backfill === undefined) throw new Error("no such population");
  const sent: Sent[] = [];
  const send = async (parcel: Parcel, head: Sent["head"]) => {
    sent.push({ parcel, head });
    return { status: 202, code: null, detail: null };
  };
  await sendHistory(city, backfill, NOW, after, send, () => undefined);
  return sent;
}

const made = new Map<string, Promise<Sent[]>>();

/** The same, made once for all tests. */
function historyOnce(population: string, after: string): Promise<Sent[]> {
  const key = `${population} ${after}`;
  const known = made.get(key) ?? history(population, after);
  made.set(key, known);
  return known;
}

describe("the history of the sample city", () => {
  test("has its event night on the last Saturday before today", () => {
    expect(eventDayOf("2026-11-21")).toBe(EVENT_DAY);
    expect(eventDayOf("2026-11-22")).toBe("2026-11-21");
  });

  test.each(city.config.populations.map(({ slug }) => slug))(
    "%s: follows the wire format, keeps to its days, stays within the city's present and ends each day once",
    async (population) => {
      const sent = await history(population, addDays("2026-11-21", -3));
      const ends = sent.filter(({ head }) => head.backfill?.end === true);
      expect(ends.map(({ head }) => head.backfill?.day)).toEqual(["2026-11-19", "2026-11-20", "2026-11-21"]);
      const sequences = sent.map(({ parcel, head }) => `${parcel.device} ${head.sequence}`);
      expect(new Set(sequences).size).toBe(sequences.length);
      for (const { parcel, head } of sent) {
        const day = head.backfill?.day ?? "";
        const { to } = dayBounds(day, city.timeZone);
        for (const reading of parcel.readings) {
          const result = parseReading(reading);
          if (!result.ok) throw new Error(`${result.reason} ${result.field} ${JSON.stringify(reading)}`);
          const at = "at" in result.reading ? result.reading.at : result.reading.from;
          if (localDay(at, city.timeZone) !== day) throw new Error(`of another day: ${JSON.stringify(reading)}`);
          if (result.reading.type === "track" && result.reading.to > to) throw new Error("a track leaves its day");
          if (at > NOW) throw new Error("a reading lies in the future");
        }
      }
    },
  );

  test("is the same when it is made again, so that a second sending changes nothing", async () => {
    const [once, again] = [
      await history("sangmu-vehicles", "2026-11-19"),
      await history("sangmu-vehicles", "2026-11-19"),
    ];
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });

  test("the event night rises through caution and alert to serious, and falls", async () => {
    const plaza = city.eventPlaza;
    const present = new Map<number, number>();
    for (const { parcel, head } of await historyOnce("sangmu-people", addDays(EVENT_DAY, -1))) {
      if (head.backfill?.day !== EVENT_DAY) continue;
      for (const reading of parcel.readings) {
        if (reading.type !== "track" || reading.zone !== plaza.slug) continue;
        const [from, to] = [Date.parse(reading.from), Date.parse(reading.to)];
        for (let at = Math.ceil(from / 600_000) * 600_000; at < to; at += 600_000) {
          present.set(at, (present.get(at) ?? 0) + 1);
        }
      }
    }
    let state: LevelState = QUIET;
    const levels: string[] = [];
    for (const [, count] of [...present].sort(([a], [b]) => a - b)) {
      state = nextLevel(state, count / (plaza.areaM2 ?? 1), DEFAULT_THRESHOLDS);
      if (levels.at(-1) !== state.level) levels.push(state.level);
    }
    expect(levels.slice(0, 4)).toEqual(["NORMAL", "CAUTION", "ALERT", "SERIOUS"]);
    expect(levels.at(-1)).toBe("NORMAL");
  });

  test("whoever stays in a square says so once a stay, as long as the pieces of it cover", async () => {
    // kills: a dwell with every piece; the length of the last piece alone
    const stays = new Map<string, { from: number; to: number; dwell: number[] }[]>();
    for (const { parcel, head } of await historyOnce("sangmu-people", addDays(EVENT_DAY, -1))) {
      if (head.backfill?.day !== EVENT_DAY) continue;
      for (const reading of parcel.readings) {
        if (reading.type !== "track" || reading.behaviour !== "STOP") continue;
        const [from, to] = [Date.parse(reading.from), Date.parse(reading.to)];
        const known = stays.get(reading.subject.id) ?? [];
        const last = known.at(-1);
        // Between two pieces of a stay lies less than a window; without a whole window, it is another stay.
        if (last !== undefined && from - last.to < 720_000) last.to = to;
        else known.push({ from, to, dwell: [] });
        if (reading.dwell !== undefined) known.at(-1)?.dwell.push(reading.dwell);
        stays.set(reading.subject.id, known);
      }
    }
    const all = [...stays.values()].flat();
    expect(all.length).toBeGreaterThan(5_000);
    const wrong = all.filter(
      ({ from, to, dwell }) => dwell.length !== 1 || dwell[0] !== Math.round((to - from) / 1000),
    );
    // Ids come from 32 bits of seed: of 40 000 visits two may share one.
    expect(wrong.length).toBeLessThanOrEqual(2);
    const minutes = all.flatMap(({ dwell }) => dwell.map((seconds) => seconds / 60));
    expect(Math.max(...minutes)).toBeLessThan(130);
    expect(minutes.filter((length) => length > 60).length).toBeGreaterThan(all.length / 5);
  });

  test("speeds spread over the public bins, and fall in rush hour", async () => {
    const means = new Map<number, number[]>();
    for (const { parcel, head } of await historyOnce("sangmu-vehicles", "2026-11-18")) {
      if (head.backfill?.day !== "2026-11-19") continue;
      for (const reading of parcel.readings) {
        if (reading.type !== "track" || reading.speed === undefined) continue;
        const hour = ((Date.parse(reading.from) / 3_600_000 + 9) % 24) | 0;
        means.set(hour, [...(means.get(hour) ?? []), reading.speed]);
      }
    }
    const mean = (hour: number) => {
      const speeds = means.get(hour) ?? [];
      return speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
    };
    expect(mean(8)).toBeLessThan(mean(4) - 50);
    const bins = Map.groupBy([...means.values()].flat(), (speed) => binOf([0, 200, 300, 400, 500], speed));
    for (const bin of ["0-200", "200-300", "300-400", "400-500", "500-"]) {
      expect(bins.get(bin)?.length).toBeGreaterThan(200);
    }
  });

  test("nobody is counted in more windows of a day than the bound takes", async () => {
    const windows = new Map<string, number>();
    for (const { parcel, head } of await historyOnce("sangmu-people", addDays(EVENT_DAY, -1))) {
      if (head.backfill?.day !== EVENT_DAY) continue;
      for (const reading of parcel.readings) {
        if (reading.type !== "track" || reading.behaviour !== "STOP") continue;
        const [from, to] = [Date.parse(reading.from), Date.parse(reading.to)];
        const starts = Math.ceil(to / 600_000) - Math.ceil(from / 600_000);
        windows.set(reading.subject.id, (windows.get(reading.subject.id) ?? 0) + starts);
      }
    }
    expect(Math.max(...windows.values())).toBeLessThanOrEqual(24);
  });
});
