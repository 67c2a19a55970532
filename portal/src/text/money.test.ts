import { formatMoney, formatUnitPrice } from "./money.ts";

describe("money", () => {
  it("has the decimals of its currency: none for the won, two for the euro", () => {
    expect(formatMoney(12_000, "KRW", "ko")).toBe("12\u00a0000원");
    expect(formatMoney(12_000, "KRW", "en")).toBe("12\u00a0000\u00a0KRW");
    expect(formatMoney(12_050, "EUR", "en")).toBe("120.50\u00a0EUR");
  });

  it("of one unit of use is exact to the millionth of a minor unit", () => {
    expect(formatUnitPrice(250_000, "KRW", "ko")).toBe("0.25원");
    expect(formatUnitPrice(1, "EUR", "en")).toBe("0.00000001\u00a0EUR");
    expect(formatUnitPrice(3_000_000, "KRW", "en")).toBe("3\u00a0KRW");
  });
});
