import { parseReading } from "../../core/edge/batch.ts";
import { blockOf } from "../../core/incidents/block.ts";
import { setOf, snap } from "../../core/incidents/snap.ts";
import { addDays, dayBounds } from "../../core/time.ts";
import { sampleCity } from "./city.ts";
import { createOutbox } from "./outbox.ts";
import { reportsBetween, reportsOf } from "./reports.ts";

const city = sampleCity("sangmu");
const DAYS = Array.from({ length: 14 }, (_, ago) => addDays("2026-11-20", -ago));

/** Cells of a day: accounts and kinds that come together. */
function cells(day: string) {
  const set = setOf(city.config.snapSets, day);
  if (set === null) throw new Error("the sample city has no snap points");
  const found = new Map<string, { sources: Set<string>; kinds: Set<string> }>();
  for (const { at, reading } of reportsOf(city, day)) {
    if (reading.source !== "ACCOUNT") continue;
    const key = `${snap([reading.longitude, reading.latitude], set)?.slug} ${blockOf(at, city.timeZone).from}`;
    const cell = found.get(key) ?? { sources: new Set(), kinds: new Set() };
    found.set(key, { sources: cell.sources.add(reading.subject.id), kinds: cell.kinds.add(reading.category) });
  }
  return [...found.values()];
}

test("reports follow the wire format, lie in their day, and each is near a public point", () => {
  for (const day of DAYS) {
    const { from, to } = dayBounds(day, city.timeZone);
    for (const { at, reading } of reportsOf(city, day)) {
      expect(parseReading(reading)).toMatchObject({ ok: true });
      expect(at >= from && at < to).toBe(true);
      const set = setOf(city.config.snapSets, day);
      expect(set && snap([reading.longitude, reading.latitude], set)).not.toBeNull();
    }
  }
});

test("every day has cells that unlock, and more that stay locked", () => {
  for (const day of DAYS) {
    const all = cells(day);
    const unlocked = all.filter(({ sources, kinds }) => sources.size >= 5 && kinds.size >= 2);
    expect(unlocked.length).toBeGreaterThan(0);
    expect(all.length - unlocked.length).toBeGreaterThan(unlocked.length / 2);
  }
});

test("a day told piece by piece is the day told at once", () => {
  const [day = ""] = DAYS;
  const { from, to } = dayBounds(day, city.timeZone);
  const whole = createOutbox();
  reportsBetween(city, day, { from, to }, whole);
  const pieces = createOutbox();
  for (let at = from; at < to; at += 600_000) reportsBetween(city, day, { from: at, to: at + 600_000 }, pieces);
  const keys = (outbox: typeof whole) =>
    JSON.stringify(
      outbox
        .take()
        .flatMap(({ readings }) => readings)
        .map((one) => JSON.stringify(one))
        .sort(),
    );
  expect(keys(pieces)).toBe(keys(whole));
});
