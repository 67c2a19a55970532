import type { Redis } from "ioredis";
import { HubError } from "../../core/errors.ts";
import { uuid7 } from "../../core/ids.ts";
import { LEAST_UNITS, MOST_UNITS, type QuotaMonth, quotaMonth, rateOf } from "../../core/licence/quota.ts";
import { bothLanguages, QUOTA_TEXTS } from "../../core/licence/quota-texts.ts";
import { formatInstant } from "../../core/time.ts";
import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Caller, Cost, Meter, Metered, Reservation, Usage } from "./meter.ts";
import { createRecorder } from "./recorder.ts";
import { openScripts, type ReserveAnswer } from "./scripts.ts";

const STANDING = statement(new URL("./standing.sql", import.meta.url));
/** A reservation is asked for again after loading; more often means that reservations end while it is asked for. */
const TRIES = 5;

export type MeterParts = {
  /** The queue's Redis: `noeviction`, so that no reservation is dropped; a producer's connection, which fails at once. */
  redis: Redis;
  /** As a role that may record use. */
  pool: Pool;
  log: Log;
  now?: () => number;
};

/**
 * The meter of licences: reserves in Redis before a request runs, records in PostgreSQL before its answer ends. Redis
 * decides who may begin, PostgreSQL what counts: nothing is counted twice or lost when either ends in the middle.
 */
export function createMeter({ redis, pool, log, now = Date.now }: MeterParts): Meter {
  const scripts = openScripts(redis);
  const recorder = createRecorder(pool, log);

  const load = async (metered: Metered, month: QuotaMonth): Promise<void> => {
    const { rows } = await pool.query<{ used: number; carried: number }>({
      ...STANDING,
      values: [metered.licence, month.day],
    });
    await scripts.load({ licence: metered.licence, month: month.key }, rows[0]?.used ?? 0, rows[0]?.carried ?? 0);
  };

  const ask = async (metered: Metered, month: QuotaMonth, id: string, units: number, caller: Caller) => {
    const at = { licence: metered.licence, month: month.key };
    const { burst, perSecond } = rateOf(metered.quota);
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await scripts.reserve(at, id, units, `${caller.kind}:${caller.id}`, {
        quota: metered.quota,
        burst,
        perSecond,
      });
      if (answer[0] !== "LOAD") return answer;
      await load(metered, month);
    }
    throw new HubError("ACCESS_UNCONFIRMED", bothLanguages(QUOTA_TEXTS.UNCONFIRMED()), { retryAfter: 1 });
  };

  return {
    async reserve(metered, estimate, caller) {
      const id = uuid7(now());
      const month = quotaMonth(timeOf(id), metered.timeZone);
      const units = Math.max(LEAST_UNITS, whole(estimate));
      const answer = await ask(metered, month, id, units, caller).catch((cause: unknown) => {
        if (cause instanceof HubError) throw cause;
        log.warn({ event: "meter.not_reserved", err: cause });
        throw new HubError("ACCESS_UNCONFIRMED", bothLanguages(QUOTA_TEXTS.UNCONFIRMED()), {
          retryAfter: 2,
          cause,
        });
      });
      if (answer[0] !== "OK") throw refusal(answer, metered, month, now());
      return reservation({
        id,
        metered,
        month,
        kept: answer[1],
        used: answer[2],
        limit: answer[3],
        requested: units,
        caller,
      });
    },
    close: () => recorder.close(),
  };

  function reservation(open: Open): Reservation {
    const { id, metered, month, requested, limit } = open;
    const at = { licence: metered.licence, month: month.key };
    const end = (used: number | null, units: number): Promise<unknown> =>
      // What is committed counts; a reservation that Redis was not told about ends by its deadline.
      scripts.settle(at, used, [{ id, units }]).catch((err) => log.debug({ event: "meter.not_settled", err }));
    let ended: Promise<Cost> | undefined;

    const settle = async (usages: readonly Usage[]): Promise<Cost> => {
      const counted = atLeastOne(usages);
      const actual = counted.reduce((sum, { units }) => sum + units, 0);
      if (actual === 0) {
        await end(null, 0);
        return costOf(requested, 0, limit, open.used, month);
      }
      if (actual > open.kept) {
        const [answer, used = 0] = await scripts.extend(at, id, actual, metered.quota).catch(() => ["GONE"] as const);
        if (answer === "QUOTA") {
          await end(null, open.kept);
          throw overQuota(metered, month, Number(used), limit, now());
        }
      }
      const key = open.caller.kind === "KEY" ? open.caller.id : null;
      const { used, refused } = await recorder.record({ id, metered, limit, month: month.day, key, usages: counted });
      await end(used, actual);
      if (refused) throw overQuota(metered, month, used, limit, now());
      return costOf(requested, actual, limit, used, month);
    };
    return {
      id,
      settle: (usages) => (ended ??= settle(usages)),
      async release() {
        if (ended !== undefined) return;
        ended = Promise.reject(new TypeError("a released reservation settles nothing"));
        ended.catch(() => {});
        await end(null, 0);
      },
    };
  }
}

type Open = {
  id: string;
  metered: Metered;
  month: QuotaMonth;
  kept: number;
  /** of the month, when it was reserved */
  used: number;
  limit: number;
  requested: number;
  caller: Caller;
};

/** The millisecond that a UUID version 7 was made in. */
const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** @throws TypeError for units that no answer can have: a fault of ours, never of the caller's */
function whole(units: number): number {
  if (Number.isSafeInteger(units) && units >= 0 && units <= MOST_UNITS) return units;
  throw new TypeError("units are a whole number and not negative");
}

/** Usages by dataset and operation, each once; an answer that used a licence costs a unit even when it was empty. */
function atLeastOne(usages: readonly Usage[]): Usage[] {
  const sums = new Map<string, Usage>();
  for (const { dataset, operation, units } of usages) {
    const known = sums.get(`${dataset} ${operation}`)?.units ?? 0;
    sums.set(`${dataset} ${operation}`, { dataset, operation, units: whole(known + whole(units)) });
  }
  return [...sums.values()].map((usage) => ({ ...usage, units: Math.max(LEAST_UNITS, usage.units) }));
}

const costOf = (requested: number, actual: number, limit: number, used: number, month: QuotaMonth): Cost => ({
  requested,
  actual,
  remaining: Math.max(0, limit - used),
  resetAt: formatInstant(month.resetAt),
});

function refusal(
  answer: Exclude<ReserveAnswer, ["OK", ...unknown[]] | ["LOAD"]>,
  metered: Metered,
  month: QuotaMonth,
  now: number,
): HubError {
  if (answer[0] === "QUOTA") return overQuota(metered, month, answer[1], answer[2], now);
  return new HubError("RATE_LIMITED", bothLanguages(QUOTA_TEXTS[answer[0]]()), {
    retryAfter: Math.max(1, Math.ceil(answer[1] / 1000)),
  });
}

/** Tells quota, use, when it begins anew, and how to get more. */
function overQuota({ licence }: Metered, month: QuotaMonth, used: number, limit: number, now: number): HubError {
  const resetAt = formatInstant(month.resetAt);
  return new HubError("QUOTA_EXCEEDED", bothLanguages(QUOTA_TEXTS.QUOTA({ month: month.key, limit, used, resetAt })), {
    field: "quota",
    rule: `at most ${limit} units in ${month.key}, used ${used}, resetAt ${resetAt}`,
    fix: `wait until ${resetAt}, ask for less at once, or ask for a larger quota at /licences/${licence}`,
    retryAfter: Math.max(1, Math.ceil((month.resetAt - now) / 1000)),
  });
}
