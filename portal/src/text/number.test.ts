import { describe, expect, it } from "@jest/globals";
import { formatDensity, formatInterval, formatNumber, halfWidthOf } from "./number.ts";

describe("numbers", () => {
  it("groups thousands by a space that does not break", () => {
    expect(formatNumber(1240)).toBe("1\u202f240");
    expect(formatNumber(1234567)).toBe("1\u202f234\u202f567");
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

  it("shows a value with its interval", () => {
    expect(formatInterval(1240, 30)).toBe("1\u202f240 ±30");
    expect(formatInterval(0, 120)).toBe("0 ±120");
    expect(formatDensity(0.43, 0.06)).toBe("0.4 ±0.1");
  });

  it("rounds half a width up", () => {
    expect(halfWidthOf(-30, 31)).toBe(31);
  });
});
