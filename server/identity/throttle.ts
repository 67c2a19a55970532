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

/** New accounts from one address: a class or an office may register, a program may not go on for ever. */
const REGISTRATION: Rule = { free: 200, pause: 60, longest: 3_600, quiet: 3_600 };

/** An address as it is counted: of IPv6 the network, since one visitor has as many addresses as they like. */
export function network(address: string): string {
  if (!address.includes(":") || address.startsWith("::ffff:")) return address.replace(/^::ffff:/, "");
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const rest = tail === undefined ? [] : tail.split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => "0");
  return [...groups, ...zeros, ...rest].slice(0, 4).join(":");
}

const ASK = statement(new URL("./sql/failures.sql", import.meta.url));
const COUNT = statement(new URL("./sql/count-failure.sql", import.meta.url));
const FORGET = statement(new URL("./sql/forget-failures.sql", import.meta.url));

export type Throttle = ReturnType<typeof createThrottle>;

/** Slows down guessing, per account and per address, the same for accounts that exist and those that do not. */
export function createThrottle(pool: Queryable, seal: Seal) {
  const keys = (email: string, address: string) => ({
    account: seal.name("failure.account", email),
    address: seal.name("failure.address", network(address)),
  });
  const registrations = (address: string): Buffer => seal.name("registration.address", network(address));
  const pauseOf = async (...counted: Buffer[]): Promise<number> => {
    const { rows } = await pool.query<{ seconds: number }>({ ...ASK, values: [counted] });
    return rows[0]?.seconds ?? 0;
  };
  const count = ({ free, pause, longest, quiet }: Rule, key: Buffer) =>
    pool.query({ ...COUNT, values: [key, free, pause, longest, quiet] });
  return {
    /** Seconds to wait before another attempt is looked at. */
    async pause(email: string, address: string): Promise<number> {
      const { account, address: from } = keys(email, address);
      return pauseOf(account, from);
    },
    /** Seconds to wait before another account can be made from this address. */
    registrationPause: (address: string): Promise<number> => pauseOf(registrations(address)),
    async registered(address: string): Promise<void> {
      await count(REGISTRATION, registrations(address));
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
