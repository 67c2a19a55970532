import { bigints, byteas, dates, instants, integers } from "./binary-array.ts";

/** Lengths and values after the header of 20 bytes, as PostgreSQL's `array_recv` reads them. */
function elements(array: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 20; at < array.length; ) {
    const length = array.readInt32BE(at);
    found.push(array.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  expect([array.readInt32BE(0), array.readInt32BE(4), array.readInt32BE(16)]).toEqual([1, 0, 1]);
  expect(array.readInt32BE(12)).toBe(found.length);
  return found;
}
const values = [0, 1, 2 ** 31 - 1];

test("integers and dates have four bytes, days count from 2000-01-01", () => {
  const numbers = elements(integers(values.length, (i) => values[i] ?? 0));
  expect(numbers.map((one) => one.readInt32BE())).toEqual(values);
  const days = [0, 10_957, 20_778];
  expect(elements(dates(days.length, (i) => days[i] ?? 0)).map((one) => one.readInt32BE())).toEqual([
    -10_957, 0, 9_821,
  ]);
});

test("bigints have eight bytes, over the whole range of safe integers", () => {
  const wide = [0, -1, 65_536 * 3 + 7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  const found = elements(bigints(wide.length, (i) => wide[i] ?? 0)).map((one) => Number(one.readBigInt64BE()));
  expect(found).toEqual(wide);
});

test("instants count microseconds from 2000-01-01, before it too", () => {
  const at = ["2000-01-01T00:00:00Z", "2026-11-21T00:00:00.123Z", "1999-12-31T23:59:59Z"].map(Date.parse);
  const found = elements(instants(at.length, (i) => at[i] ?? 0)).map((one) => Number(one.readBigInt64BE()));
  expect(found).toEqual([0, 848_534_400_123_000, -1_000_000]);
});

test("byteas keep their bytes and lengths", () => {
  const bytes = [Buffer.from("a"), Buffer.alloc(0), Buffer.from([0, 255])];
  expect(elements(byteas(bytes))).toEqual(bytes);
});
