import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Seal } from "./seal.ts";

/** Free attempts, then a pause in seconds that doubles with each, up to the longest; it is forgotten after a quiet time. */
type Rule = { free: number; pause: number; longest: number; quiet: number };

/**
 * An account: somebody who mistypes is not held up, somebody who guesses gets five tries and then ever fewer. An address
 * may be many people's: it is slowed down later and never for long.
 */
const RULES = {
  account: { free: 5, pause: 2, longest: 900, quiet: 3_600 },
  address: { free: 100, pause: 2, longest: 60, quiet: 900 },
} satisfies Record<string, Rule>;

const ASK = statement(new URL("./sql/failures.sql", import.meta.url));
const COUNT = statement(new URL("./sql/count-failure.sql", import.meta.url));
const FORGET = statement(new URL("./sql/forget-failures.sql", import.meta.url));

export type Throttle = ReturnType<typeof createThrottle>;

/** Slows down guessing, per account and per address, the same for accounts that exist and those that do not. */
export function createThrottle(pool: Queryable, seal: Seal) {
  const keys = (email: string, address: string) => ({
    account: seal.name("failure.account", email),
    address: seal.name("failure.address", address),
  });
  const count = ({ free, pause, longest, quiet }: Rule, key: Buffer) =>
    pool.query({ ...COUNT, values: [key, free, pause, longest, quiet] });
  return {
    /** Seconds to wait before another attempt is looked at. */
    async pause(email: string, address: string): Promise<number> {
      const { account, address: from } = keys(email, address);
      const { rows } = await pool.query<{ seconds: number }>({ ...ASK, values: [[account, from]] });
      return rows[0]?.seconds ?? 0;
    },
    async failed(email: string, address: string): Promise<void> {
      const { account, address: from } = keys(email, address);
      await count(RULES.account, account);
      await count(RULES.address, from);
    },
    async succeeded(email: string, address: string): Promise<void> {
      await pool.query({ ...FORGET, values: [keys(email, address).account] });
    },
  };
}
