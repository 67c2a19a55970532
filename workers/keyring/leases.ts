import { nameOf as name, type PopulationDay } from "./store.ts";

export type Erasure = PopulationDay & { confirmed: number; expired: number };

type Waiting = { of: PopulationDay; holders: Map<string, number>; confirmed: number; expired: number };

/**
 * Who holds which day's hash key, and until when. A worker that does not renew wipes by itself when its lease ends, so
 * a key is out of every worker's memory once each holder has confirmed or its lease has run out.
 */
export function createLeases(leaseMs: number, clock: () => number) {
  const holders = new Map<string, Map<string, number>>();
  const waiting = new Map<string, Waiting>();
  return {
    lend(of: PopulationDay, worker: string): void {
      const until = clock() + leaseMs;
      const all = holders.get(name(of));
      if (all === undefined) holders.set(name(of), new Map([[worker, until]]));
      else all.set(worker, until);
    },

    /** @param unknown holders from before a restart are possible: wait for one lease */
    expectErasure(of: PopulationDay, unknown: boolean): void {
      const known = holders.get(name(of)) ?? new Map<string, number>();
      if (unknown) known.set("", clock() + leaseMs);
      holders.delete(name(of));
      waiting.set(name(of), {
        of: { population: of.population, day: of.day },
        holders: known,
        confirmed: 0,
        expired: 0,
      });
    },

    confirm(of: PopulationDay, worker: string): void {
      const wait = waiting.get(name(of));
      if (wait?.holders.delete(worker)) wait.confirmed += 1;
      else holders.get(name(of))?.delete(worker);
    },

    /** The destroyed days that nobody holds any more; each is answered once. */
    settled(): Erasure[] {
      const now = clock();
      const done: Erasure[] = [];
      for (const [key, wait] of waiting) {
        for (const [worker, until] of wait.holders) {
          if (until > now) continue;
          wait.holders.delete(worker);
          wait.expired += 1;
        }
        if (wait.holders.size > 0) continue;
        waiting.delete(key);
        done.push({ ...wait.of, confirmed: wait.confirmed, expired: wait.expired });
      }
      return done;
    },
  };
}
