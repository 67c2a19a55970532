import fc from "fast-check";
import { chargeOfMonth, monthsOf, type Priced, priceOf } from "./estimate.ts";

const metered: Priced = {
  priceModel: "METERED",
  price: 0,
  unitPriceMicro: 1_500_000,
  freeQuota: 1_000,
  monthlyCap: 30_000,
};
const YEAR = { from: "2026-12-01", to: "2027-11-30" };

test("use is paid beyond what is free, and never above the cap of a month", () => {
  expect([0, 1_000, 1_001, 3_000, 1_000_000].map((units) => chargeOfMonth(metered, units))).toEqual([
    0, 0, 2, 3_000, 30_000,
  ]);
});

test("a sum is rounded once, half up, so that no unit is paid twice", () => {
  const cheap = { ...metered, unitPriceMicro: 1, freeQuota: 0, monthlyCap: null };
  expect([499_999, 500_000, 1_499_999, 1_500_000].map((units) => chargeOfMonth(cheap, units))).toEqual([0, 1, 1, 2]);
});

test("a subscription is paid by calendar month, a flat price once, free never", () => {
  const of = (priceModel: Priced["priceModel"]) =>
    priceOf({ ...metered, priceModel, price: 50_000 }, { quota: 5_000, ...YEAR }).totalMinor;
  expect([of("SUBSCRIPTION"), of("FLAT"), of("FREE"), of("METERED")]).toEqual([600_000, 50_000, 0, 72_000]);
  expect([monthsOf("2026-01-31", "2026-02-01"), monthsOf("2026-12-01", "2026-12-31")]).toEqual([2, 1]);
});

test("what is no whole, non-negative number, or no period, is refused", () => {
  const asked = { quota: 1, ...YEAR };
  for (const quota of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => priceOf(metered, { ...asked, quota })).toThrow();
  expect(() => priceOf(metered, { ...asked, to: "2026-11-30" })).toThrow();
  expect(priceOf(metered, { ...asked, quota: 0 }).totalMinor).toBe(0);
});

test("more use never costs less, and lines always add up to the sum", () => {
  const amounts = fc.record({
    priceModel: fc.constantFrom("FREE", "FLAT", "METERED", "SUBSCRIPTION"),
    price: fc.integer({ min: 0, max: 1e9 }),
    unitPriceMicro: fc.integer({ min: 0, max: 1e9 }),
    freeQuota: fc.integer({ min: 0, max: 1e9 }),
    monthlyCap: fc.option(fc.integer({ min: 0, max: 1e9 })),
  });
  fc.assert(
    fc.property(amounts, fc.nat(1e9), fc.nat(1e6), (offer, quota, more) => {
      const { lines, totalMinor } = priceOf(offer as Priced, { quota, ...YEAR });
      expect(lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(totalMinor);
      expect(priceOf(offer as Priced, { quota: quota + more, ...YEAR }).totalMinor).toBeGreaterThanOrEqual(totalMinor);
    }),
  );
});
