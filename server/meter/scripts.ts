import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";

/** The reservations of licences, as Redis keeps them; the contract of each stands in the script of its name. */
export type Scripts = {
  reserve(at: MonthKeys, id: string, units: number, caller: string, limits: Limits): Promise<ReserveAnswer>;
  extend(at: MonthKeys, id: string, units: number, quota: number): Promise<ExtendAnswer>;
  settle(at: MonthKeys, used: number | null, ended: readonly { id: string; units: number }[]): Promise<number>;
  load(at: MonthKeys, used: number, carried: number): Promise<void>;
};

export type MonthKeys = { licence: string; month: string };
export type Limits = { quota: number; burst: number; perSecond: number };
export type ReserveAnswer =
  | ["OK", kept: number, used: number, limit: number]
  | ["LOAD"]
  | ["QUOTA", used: number, limit: number]
  | ["HELD" | "SHARE" | "RATE", waitMs: number];
export type ExtendAnswer = ["OK"] | ["QUOTA", used: number, limit: number] | ["GONE"];

const NAMES = { reserve: 4, extend: 1, settle: 3, load: 1 } as const;
type Name = keyof typeof NAMES;
type Call = (...given: (string | number)[]) => Promise<unknown>;

/** All keys of a licence are in one slot of a Redis cluster. */
function keysOf({ licence, month }: MonthKeys) {
  const of = `meter:{${licence}}`;
  return { month: `${of}:${month}`, open: `${of}:${month}:open`, callers: `${of}:callers`, rate: `${of}:rate` };
}

/** Teaches a connection the scripts. */
export function openScripts(redis: Redis): Scripts {
  const calls = Object.fromEntries(
    (Object.keys(NAMES) as Name[]).map((name) => {
      const lua = readFileSync(new URL(`./${name}.lua`, import.meta.url), "utf8");
      const command = `meter_${name}`;
      redis.defineCommand(command, { lua, numberOfKeys: NAMES[name] });
      return [name, (redis as unknown as Record<string, Call>)[command]?.bind(redis)];
    }),
  ) as Record<Name, Call>;
  return {
    reserve(at, id, units, caller, { quota, burst, perSecond }) {
      const { month, open, callers, rate } = keysOf(at);
      return calls.reserve(month, open, callers, rate, id, units, caller, quota, burst, perSecond) as never;
    },
    extend: (at, id, units, quota) => calls.extend(keysOf(at).month, id, units, quota) as never,
    settle(at, used, ended) {
      const { month, open, rate } = keysOf(at);
      return calls.settle(month, open, rate, used ?? -1, ...ended.flatMap(({ id, units }) => [id, units])) as never;
    },
    async load(at, used, carried) {
      await calls.load(keysOf(at).month, used, carried);
    },
  };
}
