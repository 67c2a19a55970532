import { formatFixed, formatHalfWidth, formatInterval, formatNumber } from "./number.ts";

describe("numbers", () => {
  it("groups thousands by a space that does not break", () => {
    expect(formatNumber(1240)).toBe("1\u00a0240");
    expect(formatNumber(1234567)).toBe("1\u00a0234\u00a0567");
    expect(formatNumber(999)).toBe("999");
  });

  it("writes a true minus and no negative zero", () => {
    expect(formatNumber(-12)).toBe("\u221212");
    expect(formatNumber(-0.2)).toBe("0");
  });

  it("drops decimals that say nothing", () => {
    expect(formatNumber(0.6, 3)).toBe("0.6");
    expect(formatNumber(2, 2)).toBe("2");
  });

  it("keeps the decimals of a value and its interval alike", () => {
    expect(formatFixed(0.07, 2)).toBe("0.07");
    expect(formatHalfWidth(0.1, 2)).toBe("±0.10");
    expect(formatFixed(-0.001, 2)).toBe("0.00");
  });

  it("shows a value with its interval", () => {
    expect(formatInterval(1240, 30)).toBe("1\u00a0240 ±30");
    expect(formatInterval(0, 120)).toBe("0 ±120");
  });
});
