import { kill } from "../testing/mutant.ts";
import { localHour, windowsOf } from "../time.ts";
import * as daypart from "./daypart.ts";

const FILE = new URL("./daypart.ts", import.meta.url);
const HOURS = [0, 9, 17];

/** The strata of the windows of a local day, run by run: [stratum, how many windows]. */
function runs({ stratumOf }: typeof daypart, day: string, timeZone: string): [number, number][] {
  const from = Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000;
  const windows = windowsOf({ from, to: from + 40 * 3_600_000 }, "PT1H", timeZone).filter(
    (window) => new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(window.from) === day,
  );
  const found: [number, number][] = [];
  for (const { from: start } of windows) {
    const stratum = stratumOf(HOURS, localHour(start, timeZone));
    const last = found.at(-1);
    if (last?.[0] === stratum) last[1] += 1;
    else found.push([stratum, 1]);
  }
  return found;
}

function parts(module: typeof daypart): void {
  expect(runs(module, "2026-11-27", "Asia/Seoul")).toEqual([
    [0, 9],
    [1, 8],
    [2, 7],
  ]);
  // The clock goes back at three: the hour from two comes twice, and both belong to the first part.
  expect(runs(module, "2026-04-05", "Australia/Melbourne")).toEqual([
    [0, 10],
    [1, 8],
    [2, 7],
  ]);
  expect(runs(module, "2026-10-04", "Australia/Melbourne")).toEqual([
    [0, 8],
    [1, 8],
    [2, 7],
  ]);
}

describe("the parts of a day", () => {
  test("follow the wall clock, also on days of 23 and 25 hours", () => parts(daypart));

  test("are one where the day is not split", () => {
    expect(daypart.stratumOf([], 23)).toBe(0);
    expect(daypart.boundsOf(6, [])).toEqual([6]);
    expect(
      daypart.boundsOf(6, [
        { fromHour: 0, bound: 1 },
        { fromHour: 17, bound: 5 },
      ]),
    ).toEqual([1, 5]);
  });

  test.each([
    { name: "a part begins an hour late", from: "fromHour <= localHour", to: "fromHour < localHour" },
    { name: "the first part that has begun", from: "findLastIndex", to: "findIndex" },
  ])("notices: $name", (mutant) => kill<typeof daypart>(FILE, mutant, parts));
});
