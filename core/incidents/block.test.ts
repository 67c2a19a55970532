import fc from "fast-check";
import { dayBounds, localDay } from "../time.ts";
import { BLOCK_MS, blockOf } from "./block.ts";

const at = Date.parse;
const zones = fc.constantFrom("Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Etc/UTC");

test("a block is three hours of the city's clock, counted from local midnight", () => {
  expect(blockOf(at("2026-11-20T00:00:00Z"), "Asia/Seoul")).toEqual({
    from: at("2026-11-20T00:00:00Z"),
    to: at("2026-11-20T03:00:00Z"),
  });
  expect(blockOf(at("2026-11-19T23:59:59.999Z"), "Asia/Seoul").to).toBe(at("2026-11-20T00:00:00Z"));
});

test.each([
  ["2026-03-08T23:30:00-04:00", 5],
  ["2026-11-01T23:30:00-05:00", 4],
])("the last block of a day on which the clock changes is longer, never shorter: %s", (instant, hours) => {
  // kills: a block of two hours or of one, which tells the time finer than three hours
  const { from, to } = blockOf(at(instant), "America/New_York");
  expect((to - from) / 3_600_000).toBe(hours);
});

test("blocks tile every day: each instant lies in one, of at least three hours, within its day", () => {
  fc.assert(
    fc.property(fc.integer({ min: at("2015-01-01"), max: at("2030-01-01") }), zones, (instant, timeZone) => {
      const block = blockOf(instant, timeZone);
      const day = dayBounds(localDay(instant, timeZone), timeZone);
      expect(block.from <= instant && instant < block.to).toBe(true);
      expect(block.from >= day.from && block.to <= day.to).toBe(true);
      if (day.to - day.from >= BLOCK_MS) expect(block.to - block.from).toBeGreaterThanOrEqual(BLOCK_MS);
      expect(blockOf(block.from, timeZone)).toEqual(block);
      expect(blockOf(block.to - 1, timeZone)).toEqual(block);
    }),
    { numRuns: 2000 },
  );
});
