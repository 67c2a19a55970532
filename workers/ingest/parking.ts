import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Tickets } from "./tickets.ts";

const DAY_STATES = statement(new URL("./day-states.sql", import.meta.url));

const FIRST_MS = 50;
const LONGEST_MS = 500;
/** At most two days of a population are open: asking for more at once would only flood the release worker. */
const ASK_FIRST = 2;

type Parked = { readonly population: number; readonly days: readonly string[] };

/**
 * Where batches wait whose day is not open yet. It asks the release worker to open the earliest days (and the latest,
 * which is the live one), looks at the database, and hands a batch back once all its days stand. Nothing is lost with
 * it: the batches are PENDING in the inbox, and the sweeper brings them again.
 */
export function createParking(edge: Pool, tickets: Tickets, log: Log, again: (batch: string) => void) {
  const parked = new Map<string, Parked>();
  let timer: NodeJS.Timeout | undefined;
  let pause = FIRST_MS;

  function ask(): void {
    const wanted = new Map<number, Set<string>>();
    for (const { population, days } of parked.values()) {
      const all = wanted.get(population) ?? new Set<string>();
      for (const day of days) all.add(day);
      wanted.set(population, all);
    }
    for (const [population, days] of wanted) {
      const sorted = [...days].sort();
      for (const day of new Set([...sorted.slice(0, ASK_FIRST), ...sorted.slice(-1)])) tickets.day(population, day);
    }
  }

  async function look(): Promise<void> {
    const pairs = new Map<string, [number, string]>();
    for (const { population, days } of parked.values()) {
      for (const day of days) pairs.set(`${population} ${day}`, [population, day]);
    }
    const { rows } = await edge.query<{ population: number; day: string }>({
      ...DAY_STATES,
      values: [[...pairs.values()].map(([population]) => population), [...pairs.values()].map(([, day]) => day)],
    });
    const stand = new Set(rows.map(({ population, day }) => `${population} ${day}`));
    if (stand.size > 0) pause = FIRST_MS;
    for (const [batch, { population, days }] of parked) {
      if (!days.every((day) => stand.has(`${population} ${day}`))) continue;
      parked.delete(batch);
      again(batch);
    }
  }

  function schedule(): void {
    if (timer !== undefined || parked.size === 0) return;
    timer = setTimeout(async () => {
      pause = Math.min(pause * 1.5, LONGEST_MS);
      await look().catch((err: unknown) => log.debug({ event: "ingest.parking_unread", err }));
      ask();
      timer = undefined;
      schedule();
    }, pause);
  }

  return {
    park(batch: string, population: number, days: readonly string[]): void {
      if (parked.size === 0) pause = FIRST_MS;
      parked.set(batch, { population, days });
      if (timer === undefined) ask();
      schedule();
    },
    size: (): number => parked.size,
    close(): void {
      parked.clear();
      clearTimeout(timer);
    },
  };
}
