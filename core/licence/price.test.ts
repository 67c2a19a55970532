import fc from "fast-check";
import {
  estimate,
  formatMoney,
  monthPrice,
  monthQuota,
  monthsOf,
  type Price,
  parseUnits,
  priceFaults,
} from "./price.ts";

const price = (more: Partial<Price> = {}): Price => ({
  priceModel: "METERED",
  price: 0n,
  currency: "KRW",
  unitPriceMicro: 500_000n,
  freeQuota: 10_000n,
  monthlyCap: 200_000n,
  carryOver: false,
  ...more,
});
const free = price({ priceModel: "FREE", unitPriceMicro: 0n, freeQuota: 0n, monthlyCap: null });
const flat = price({ ...free, priceModel: "FLAT", price: 30_000n });
const subscription = price({ ...free, priceModel: "SUBSCRIPTION", price: 50_000n, carryOver: true });

describe("a price", () => {
  test("of use begins above what is free and ends at the cap", () => {
    expect(monthPrice(price(), 0n)).toBe(0n);
    expect(monthPrice(price(), 10_000n)).toBe(0n);
    expect(monthPrice(price(), 10_001n)).toBe(0n);
    expect(monthPrice(price(), 10_002n)).toBe(1n);
    expect(monthPrice(price(), 110_000n)).toBe(50_000n);
    expect(monthPrice(price(), 10_000_000n)).toBe(200_000n);
    expect(monthPrice(price({ monthlyCap: null }), 10_010_000n)).toBe(5_000_000n);
  });

  test("is estimated for the whole period as if the quota were used up", () => {
    expect(estimate(free, 5n, 12)).toEqual({ amount: 0n, currency: "KRW", lines: [] });
    expect(estimate(flat, 5n, 12).amount).toBe(30_000n);
    expect(estimate(subscription, 5n, 3)).toEqual({
      amount: 150_000n,
      currency: "KRW",
      lines: [{ kind: "MONTH", count: 3n, amount: 150_000n }],
    });
    expect(estimate(price(), 110_000n, 2).lines).toEqual([{ kind: "USE", count: 200_000n, amount: 100_000n }]);
    expect(monthsOf("2026-11-27", "2026-11-27")).toBe(1);
    expect(monthsOf("2026-11-27", "2027-02-01")).toBe(4);
  });

  test("stays exact at the bounds, where floating point would not", () => {
    const most = price({ unitPriceMicro: 10n ** 12n, freeQuota: 0n, monthlyCap: null });
    expect(monthPrice(most, 10n ** 12n)).toBe(10n ** 18n);
    expect(monthPrice(most, 10n ** 12n - 1n)).toBe(999_999_999_999_000_000n);
  });

  test("never falls when more is used, and never passes the cap", () => {
    const units = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(
        units,
        units,
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        units,
        (one, other, unitPriceMicro, freeQuota) => {
          const [less, more] = one < other ? [one, other] : [other, one];
          const of = price({ unitPriceMicro, freeQuota });
          return monthPrice(of, less) <= monthPrice(of, more) && monthPrice(of, more) <= 200_000n;
        },
      ),
    );
  });

  test("carries over what a month left, once, with a subscription alone", () => {
    expect(monthQuota(subscription, 100n, 40n)).toBe(160n);
    expect(monthQuota(subscription, 100n, 130n)).toBe(100n);
    expect(monthQuota(subscription, 100n, null)).toBe(100n);
    expect(monthQuota(price(), 100n, 40n)).toBe(100n);
  });

  test("has no fault when it fits its model, and says every one otherwise", () => {
    for (const one of [price(), free, flat, subscription]) expect(priceFaults(one)).toEqual([]);
    expect(priceFaults(price({ price: -1n }))).toContain("price is from 0 to 1000000000");
    expect(priceFaults(price({ unitPriceMicro: -5n }))).toContain("unitPriceMicro is from 0 to 1000000000000");
    expect(priceFaults(price({ freeQuota: 10n ** 13n }))).toContain("freeQuota is from 0 to 1000000000000");
    expect(priceFaults(price({ monthlyCap: -1n }))).toContain("monthlyCap is from 0 to 1000000000000");
    expect(priceFaults({ ...flat, price: 0n })).toEqual(["FLAT and SUBSCRIPTION have a price, others none"]);
    expect(priceFaults({ ...free, price: 1n })).toEqual(["FLAT and SUBSCRIPTION have a price, others none"]);
    expect(priceFaults({ ...flat, carryOver: true })).toEqual(["SUBSCRIPTION alone carries over"]);
    expect(priceFaults(price({ currency: "won" }))).toEqual(["currency is three capital letters"]);
  });

  test("refuses quantities that are no whole positive number within bounds", () => {
    for (const right of [1, "1", 10n ** 12n, "1000000000000"]) expect(parseUnits(right)).toBe(BigInt(right));
    const wrong = [
      0,
      -1,
      "-1",
      1.5,
      "1.5",
      "1e3",
      1e21,
      Number.NaN,
      Infinity,
      "1000000000001",
      10n ** 12n + 1n,
      "9".repeat(30),
    ];
    for (const one of [...wrong, "", " 1", "+1", "0x10", "١", null, undefined, true, [1], {}]) {
      expect(() => parseUnits(one)).toThrow("quota: a whole number");
    }
  });

  test("is written as people of the language write it", () => {
    expect(formatMoney(1_200n, "KRW", "ko")).toBe("1,200원");
    expect(formatMoney(1_200n, "KRW", "en")).toBe("₩1,200");
    expect(formatMoney(1_205n, "USD", "en")).toBe("$12.05");
    expect(formatMoney(5n, "USD", "en")).toBe("$0.05");
    expect(formatMoney(123_456_789_012_345_678n, "KRW", "en")).toBe("₩123,456,789,012,345,678");
  });
});
