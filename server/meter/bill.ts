import { setTimeout as sleep } from "node:timers/promises";
import { HubError } from "../../core/errors.ts";
import type { Caller, Cost, Meter, Metered, Operation, Reservation, Usage } from "./meter.ts";

/** What a request used: `ids` are those of its usage events, the header `madang-usage`. */
export type Billed = { ids: readonly string[]; cost: Cost };

/** The use of licences by one request, or by one part of a long answer after another. */
export type Bill = {
  /** Notes values that were read under a licence (`Access.used`). */
  used(licence: string, dataset: string, units: number): void;
  /** Keeps units of the caller's own licence before the request runs; does nothing for a caller without one. */
  begin(estimate: number): Promise<void>;
  /**
   * Counts all that was noted. Only after it resolves may the last byte be sent; when it rejects, nothing of it.
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
  /** the licence that the caller can use alone (a key's): kept for before the request runs; null for anybody else */
  own: Metered | null;
  /** what is known of a licence that was used */
  find: (licence: string) => Metered;
  operation: Operation;
  /** how long a part of a download waits for the rate of its licence, ms (default 0: it is refused at once) */
  patienceMs?: number;
};

/** Opens the bill of one request. */
export function openBill({ meter, caller, own, find, operation, patienceMs = 0 }: BillParts): Bill {
  let kept: Reservation | null = null;
  let noted = new Map<string, Usage[]>();

  const reserve = async (metered: Metered, units: number): Promise<Reservation> => {
    for (const end = Date.now() + patienceMs; ; ) {
      try {
        return await meter.reserve(metered, units, caller);
      } catch (error) {
        const wait = error instanceof HubError && error.code === "RATE_LIMITED" ? (error.retryAfter ?? 1) * 1000 : null;
        if (wait === null || Date.now() + wait > end) throw error;
        await sleep(wait);
      }
    }
  };
  const release = async (reservations: Iterable<Reservation>): Promise<void> => {
    await Promise.all([...reservations].map((reservation) => reservation.release()));
  };

  return {
    used(licence, dataset, units) {
      const usages = noted.get(licence);
      if (usages === undefined) noted.set(licence, [{ dataset, operation, units }]);
      else usages.push({ dataset, operation, units });
    },
    async begin(estimate) {
      if (own !== null && kept === null) kept = await reserve(own, Math.max(1, estimate));
    },
    async settle() {
      const reservations = new Map<string, Reservation>();
      const usages = noted;
      noted = new Map();
      if (kept !== null && own !== null) reservations.set(own.licence, kept);
      kept = null;
      try {
        for (const [licence, used] of usages) {
          if (reservations.has(licence)) continue;
          const units = used.reduce((sum, usage) => sum + usage.units, 0);
          reservations.set(licence, await reserve(find(licence), Math.max(1, units)));
        }
      } catch (error) {
        await release(reservations.values());
        throw error;
      }
      const costs: Cost[] = [];
      const ids: string[] = [];
      try {
        for (const [licence, reservation] of reservations) {
          const used = usages.get(licence) ?? [];
          costs.push(await reservation.settle(used));
          if (used.length > 0) ids.push(reservation.id);
        }
      } catch (error) {
        await release(reservations.values());
        throw error;
      }
      const [cost, ...more] = costs;
      return cost === undefined ? null : { ids, cost: more.reduce(together, cost) };
    },
    async release() {
      noted = new Map();
      if (kept !== null) await release([kept]);
      kept = null;
    },
  };
}

/** The costs of several licences: what remains is told of the one that ends first. */
function together(one: Cost, other: Cost): Cost {
  const { remaining, resetAt } = other.remaining < one.remaining ? other : one;
  return { requested: one.requested + other.requested, actual: one.actual + other.actual, remaining, resetAt };
}

/** The parts of a download, each counted before it is sent. */
export async function* billed(parts: AsyncIterable<string>, bill: Bill): AsyncGenerator<string> {
  for await (const part of parts) {
    await bill.settle();
    yield part;
  }
}
