import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { openScripts, type ReserveAnswer } from "../../../server/meter/scripts.ts";
import { onRedis } from "../../support/redis.ts";

const CALLERS = ["KEY:one", "KEY:two", "PERSON:three"] as const;
const ENDLESS = { burst: 1e12, perSecond: 1e12 };

type Step =
  | { do: "reserve"; caller: number; units: number }
  | { do: "settle"; which: number; units: number }
  | { do: "release" | "expire"; which: number }
  | { do: "again"; which: number }
  | { do: "wipe" };

/** The rule of reserve.lua in plain words, with PostgreSQL's sum beside it: what each step must answer. */
class Model {
  used = 0;
  known = false;
  readonly open = new Map<string, { caller: string; kept: number; late: boolean }>();
  readonly seen = new Set<string>();
  readonly quota: number;
  constructor(quota: number) {
    this.quota = quota;
  }

  get held(): number {
    return [...this.open.values()].reduce((sum, { kept }) => sum + kept, 0);
  }

  reserve(id: string, caller: string, units: number): ReserveAnswer {
    for (const [gone, { late }] of this.open) {
      if (!late) continue;
      this.open.delete(gone);
      this.known = false;
    }
    if (!this.known) return ["LOAD"];
    this.seen.add(caller);
    if (this.used >= this.quota) return ["QUOTA", this.used, this.quota];
    const left = this.quota - this.used - this.held;
    if (left < 1) return ["HELD", 1000];
    const kept = Math.min(units, left);
    const mine = [...this.open.values()].reduce((sum, one) => sum + (one.caller === caller ? one.kept : 0), 0);
    if (this.seen.size > 1 && mine > 0 && mine + kept > (this.quota - this.used) / this.seen.size)
      return ["SHARE", 1000];
    this.open.set(id, { caller, kept, late: false });
    return ["OK", kept, this.used, this.quota];
  }
}

const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("reserve" as const),
      caller: fc.nat(2),
      units: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("settle" as const), which, units: fc.integer({ min: 1, max: 60 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("release" as const, "expire" as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("again" as const), which }) },
  { weight: 1, arbitrary: fc.constant({ do: "wipe" as const }) },
);

onRedis("The rule of reservations", (redis) => {
  test("answers what its model answers, whatever comes in whatever order", async () => {
    const scripts = openScripts(redis());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 200 }), fc.array(step, { maxLength: 40 }), async (quota, steps) => {
        const at = { licence: randomUUID(), month: "2026-11" };
        const key = `meter:{${at.licence}}:${at.month}`;
        const model = new Model(quota);
        const pick = (nth: number): string | undefined => [...model.open.keys()][nth % Math.max(1, model.open.size)];
        const reserve = (id: string, caller: string, units: number) =>
          scripts.reserve(at, id, units, caller, { quota, ...ENDLESS });
        for (const one of steps) {
          if (one.do === "reserve") {
            const [id, caller] = [randomUUID(), CALLERS[one.caller] ?? CALLERS[0]];
            const wanted = model.reserve(id, caller, one.units);
            expect(await reserve(id, caller, one.units)).toEqual(wanted);
            if (wanted[0] !== "LOAD") continue;
            await scripts.load(at, model.used, 0);
            model.known = true;
            expect(await reserve(id, caller, one.units)).toEqual(model.reserve(id, caller, one.units));
          } else if (one.do === "wipe") {
            await redis().del(key, `${key}:open`, `meter:{${at.licence}}:callers`);
            model.known = false;
            model.open.clear();
            model.seen.clear();
          } else {
            const id = pick(one.which);
            const open = id === undefined ? undefined : model.open.get(id);
            if (id === undefined || open === undefined) continue;
            if (one.do === "settle") {
              const { units } = one;
              const fits = units <= open.kept || model.used + model.held + units - open.kept <= quota;
              const [extended] = await scripts.extend(at, id, units, quota);
              expect(extended).toBe(fits ? "OK" : "QUOTA");
              if (!fits) continue;
              model.used += units;
              model.open.delete(id);
              expect(await scripts.settle(at, model.used, [{ id, units }])).toBe(1);
              expect(await scripts.settle(at, model.used, [{ id, units }])).toBe(0);
            } else if (one.do === "release") {
              model.open.delete(id);
              await scripts.settle(at, null, [{ id, units: 0 }]);
            } else if (one.do === "expire") {
              open.late = true;
              await redis().zadd(`${key}:open`, 1, id);
            } else if (model.known && ![...model.open.values()].some(({ late }) => late)) {
              // A repeated reservation is the same one: it keeps nothing more.
              expect(await reserve(id, open.caller, 1)).toEqual(["OK", open.kept, model.used, quota]);
            }
          }
          const [held = "0", used] = await redis().hmget(key, "held", "used");
          expect(Number(held ?? 0)).toBe(model.held);
          if (model.known) expect(Number(used)).toBe(model.used);
          expect(model.used + model.held).toBeLessThanOrEqual(quota);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test("gives the callers of a licence equal shares of its rate, and one alone all of it", async () => {
    const scripts = openScripts(redis());
    const at = { licence: randomUUID(), month: "2026-11" };
    await scripts.load(at, 0, 0);
    const use = async (caller: string) => {
      const id = randomUUID();
      const [answer] = await scripts.reserve(at, id, 100, caller, { quota: 1e9, burst: 1_000, perSecond: 0.001 });
      if (answer === "OK") await scripts.settle(at, null, [{ id, units: 100 }]);
      return answer;
    };
    const count = async (caller: string) => {
      let granted = 0;
      while ((await use(caller)) === "OK") granted++;
      return granted;
    };
    expect(await use("polite")).toBe("OK");
    // Of ten requests that the whole bucket holds, the greedy one gets five.
    expect(await count("greedy")).toBe(5);
    expect(await count("polite")).toBe(4);
    const alone = { licence: randomUUID(), month: "2026-11" };
    await scripts.load(alone, 0, 0);
    let granted = 0;
    while (granted < 50) {
      const limits = { quota: 1e9, burst: 1_000, perSecond: 0.001 };
      const [answer, wait = 0] = await scripts.reserve(alone, randomUUID(), 100, "one", limits);
      if (answer !== "OK") {
        expect([answer, Number(wait) > 0]).toEqual(["RATE", true]);
        break;
      }
      granted++;
    }
    expect(granted).toBe(10);
  });

  test("gives what a request did not use back to the rate, and charges what it used more", async () => {
    const scripts = openScripts(redis());
    const at = { licence: randomUUID(), month: "2026-11" };
    await scripts.load(at, 0, 0);
    const limits = { quota: 1e9, burst: 1_000, perSecond: 0.001 };
    const use = async (estimate: number, units: number) => {
      const id = randomUUID();
      const [answer] = await scripts.reserve(at, id, estimate, "one", limits);
      if (answer === "OK") await scripts.settle(at, null, [{ id, units }]);
      return answer;
    };
    for (let nth = 0; nth < 20; nth++) expect(await use(900, 10)).toBe("OK");
    expect(await use(10, 5_000)).toBe("OK");
    expect(await use(1, 1)).toBe("RATE");
  });
});
