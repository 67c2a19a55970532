import { correctedDays, correctedWindows, correctionEpsilon } from "./correction.ts";

const ZONE = "Asia/Seoul";
const at = (text: string) => Date.parse(`${text}+09:00`);
const outage = { from: at("2026-11-20T22:30:00"), to: at("2026-11-21T02:20:00") };

describe("the windows of a correction", () => {
  test("lie whole within the outage, day by day", () => {
    // kills: windows that merely touch the outage, whose rows came in time
    expect(correctedWindows(outage, "PT1H", "2026-11-20", ZONE)).toEqual([
      { from: at("2026-11-20T23:00:00"), to: at("2026-11-21T00:00:00") },
    ]);
    expect(correctedWindows(outage, "PT1H", "2026-11-21", ZONE)).toHaveLength(2);
  });

  test("are on the days that have any", () => {
    expect(correctedDays(outage, "PT1H", ZONE)).toEqual(["2026-11-20", "2026-11-21"]);
    expect(correctedDays({ ...outage, to: at("2026-11-21T00:10:00") }, "PT1H", ZONE)).toEqual(["2026-11-20"]);
    expect(correctedDays(outage, "P1D", ZONE)).toEqual([]);
  });
});

test("a correction costs what its plan does, or what is left where that still tells something", () => {
  expect(correctionEpsilon(250_000, [400_000])).toBe(250_000);
  expect(correctionEpsilon(600_000, [400_000, 150_000])).toBe(150_000);
  // kills: an ε of nothing, whose noise hides all it says
  expect(correctionEpsilon(600_000, [400_000, 149_999])).toBeNull();
});
