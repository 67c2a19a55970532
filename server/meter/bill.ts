import { setTimeout as sleep } from "node:timers/promises";
import { HubError } from "../../core/errors.ts";
import type { Billing } from "../../schema/access.ts";
import type { Caller, Cost, Meter, Metered, Operation, Reservation, Usage } from "./meter.ts";

/** What a request used: `ids` are those of its usage events, the header `madang-usage`. */
export type Billed = { ids: readonly string[]; cost: Cost };

/** The use of licences by one request, or by one part of a long answer after another. */
export type Bill = {
  /** what resolvers tell it through their context */
  access: Billing;
  /** Says how many units the request may come to (default 1), before anything is read. */
  expect(units: number): void;
  /**
   * Counts all that was used. Only after it resolves may the last byte be sent; when it rejects, nothing of it.
   * @returns null when no licence was used
   * @throws HubError QUOTA_EXCEEDED, RATE_LIMITED, ACCESS_UNCONFIRMED
   */
  settle(): Promise<Billed | null>;
  /** Gives back what was kept: the request failed. */
  release(): Promise<void>;
};

export type BillParts = {
  meter: Meter;
  caller: Caller;
  /** what is metered of a licence */
  find: (licence: string) => Promise<Metered>;
  operation: Operation;
  /** how long a part of a download waits for the rate of its licence, ms (default 0: it is refused at once) */
  patienceMs?: number;
};

/**
 * Opens the bill of one request. Nothing is kept or counted until a licence is opened: whoever reads open data alone does
 * not notice a quota that is used up or a meter that cannot count.
 */
export function openBill({ meter, caller, find, operation, patienceMs = 0 }: BillParts): Bill {
  let expected = 1;
  let kept = new Map<string, Promise<Reservation>>();
  let noted = new Map<string, Usage[]>();

  const reserve = async (licence: string, units: number): Promise<Reservation> => {
    const metered = await find(licence);
    for (const end = Date.now() + patienceMs; ; ) {
      try {
        return await meter.reserve(metered, Math.max(1, units), caller);
      } catch (error) {
        const wait = error instanceof HubError && error.code === "RATE_LIMITED" ? (error.retryAfter ?? 1) * 1000 : null;
        if (wait === null || Date.now() + wait > end) throw error;
        await sleep(wait);
      }
    }
  };
  const keep = (licence: string, units: number): Promise<Reservation> => {
    const known = kept.get(licence);
    if (known !== undefined) return known;
    const reservation = reserve(licence, units);
    reservation.catch(() => {});
    kept.set(licence, reservation);
    return reservation;
  };
  const releaseAll = async (reservations: Iterable<Promise<Reservation>>): Promise<void> => {
    const settled = await Promise.allSettled(reservations);
    await Promise.all(settled.map((one) => (one.status === "fulfilled" ? one.value.release() : undefined)));
  };

  return {
    access: {
      opened: async (licence) => void (await keep(licence, expected)),
      used(licence, dataset, units) {
        const usages = noted.get(licence);
        if (usages === undefined) noted.set(licence, [{ dataset, operation, units }]);
        else usages.push({ dataset, operation, units });
      },
    },
    expect(units) {
      expected = units;
    },
    async settle() {
      const usages = noted;
      noted = new Map();
      // Where another process read, and for the later parts of a download, units are kept for what was read already.
      for (const [licence, used] of usages) {
        void keep(
          licence,
          used.reduce((sum, { units }) => sum + units, 0),
        );
      }
      const reservations = kept;
      kept = new Map();
      const costs: Cost[] = [];
      const ids: string[] = [];
      try {
        // All of them before any is counted: an answer counts against each of its licences or against none.
        const used = [...reservations].filter(([licence]) => usages.has(licence));
        const ready = await Promise.all(used.map(async ([licence, one]) => [licence, await one] as const));
        for (const [licence, reservation] of ready) {
          costs.push(await reservation.settle(usages.get(licence) ?? []));
          ids.push(reservation.id);
        }
      } finally {
        // What was opened and not used; what was settled stays so.
        await releaseAll(reservations.values());
      }
      const [cost, ...more] = costs;
      return cost === undefined ? null : { ids, cost: more.reduce(together, cost) };
    },
    async release() {
      noted = new Map();
      const reservations = kept;
      kept = new Map();
      await releaseAll(reservations.values());
    },
  };
}

/** The costs of several licences: what remains is told of the one that ends first. */
function together(one: Cost, other: Cost): Cost {
  const { remaining, resetAt } = other.remaining < one.remaining ? other : one;
  return { requested: one.requested + other.requested, actual: one.actual + other.actual, remaining, resetAt };
}

/** A download that was begun: what its first counted part used, null when none of its parts is counted. */
export type BilledParts = { first: Billed | null; parts: AsyncGenerator<string> };

/**
 * The parts of a download, each counted before it is sent. Resolves when the first that uses a licence is counted, so that
 * a quota which does not even allow that is an error before anything is answered.
 * @throws HubError as {@link Bill.settle}
 */
export async function billed(all: AsyncGenerator<string>, bill: Bill): Promise<BilledParts> {
  const held: string[] = [];
  let first: Billed | null = null;
  let done = false;
  try {
    while (!done && first === null) {
      const next = await all.next();
      done = next.done === true;
      first = await bill.settle();
      if (next.done !== true) held.push(next.value);
    }
  } catch (error) {
    await all.return(undefined);
    throw error;
  }
  async function* parts(): AsyncGenerator<string> {
    try {
      yield* held;
      for await (const part of all) {
        await bill.settle();
        yield part;
      }
    } finally {
      await all.return(undefined);
      await bill.release();
    }
  }
  return { first, parts: parts() };
}
