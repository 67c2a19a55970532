import type { Plan } from "./catalogue.ts";
import { type Heard, silence } from "./silence.ts";

const window = { from: 0, to: 600_000 };
const plan = (change: Partial<Plan>): Plan =>
  ({ statistic: "PRESENCE", threshold: null, cells: [1, 2], cellDevices: ["pole", null], ...change }) as Plan;
const hears =
  (...devices: (string | null)[]): Heard =>
  (device) =>
    devices.includes(device);

describe("a cell is silent", () => {
  test("when the device that watches it was not heard, whatever it counted", () => {
    // kills: silence from the counts, which tells whether somebody was there
    expect(silence({ plan: plan({}), window }, new Map([[1, 5]]), hears(null), null)).toEqual([true, false]);
    expect(silence({ plan: plan({}), window }, new Map(), hears("pole"), null)).toEqual([false, true]);
  });

  test("for a counter when its reading did not come, zero being a reading", () => {
    const slot = { plan: plan({ statistic: "COUNTER" }), window };
    expect(silence(slot, new Map([[2, 0]]), hears("pole", null), null)).toEqual([true, false]);
  });

  test("never for stations and areas of a backfill up to its end-of-day marker", () => {
    const slot = { plan: plan({ statistic: "DEPARTURES" }), window };
    expect(silence(slot, new Map(), hears(), 1)).toEqual([false, false]);
    expect(silence(slot, new Map(), hears(), 0)).toEqual([true, true]);
    expect(silence(slot, new Map(), hears(), null)).toEqual([true, true]);
  });
});
