import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { hashPassword, verifyPassword } from "./password.ts";

export type Locale = "ko" | "en";

export type Account = {
  id: string;
  email: string;
  /** This provider sends no mail: it knows of no address but those that the operator gave to demo accounts. */
  emailVerified: boolean;
  name: string;
  locale: Locale;
  roles: string[];
};

type Row = Omit<Account, "emailVerified"> & {
  password: string;
  email_verified: boolean;
  is_demo: boolean;
  is_disabled: boolean;
};

const sql = (name: string) => statement(new URL(`./sql/${name}.sql`, import.meta.url));
const BY_EMAIL = sql("account-by-email");
const BY_ID = sql("account-by-id");
const ADD = sql("add-account");
const PUT_DEMO = sql("put-demo-account");

/** An address as accounts are found by it. */
export const canonicalEmail = (text: string): string => text.trim().normalize("NFC").toLowerCase();

/** An address that can belong to somebody: one @, a domain with a dot, no spaces or signs of markup. */
export const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"_]+\.[^\s@<>()[\]\\,;:"_.]{2,}$/u.test(text);

export type Accounts = ReturnType<typeof createAccounts>;

/** @param allowDemo whether demo accounts are let in: only while the hub listens on loopback */
export function createAccounts(pool: Queryable, allowDemo: boolean) {
  const usable = (row: Row | undefined): Account | null => {
    if (row === undefined || row.is_disabled || (row.is_demo && !allowDemo)) return null;
    const { id, email, name, locale, roles, email_verified: emailVerified } = row;
    return { id, email, emailVerified, name, locale, roles };
  };
  return {
    async byId(id: string): Promise<Account | null> {
      if (!/^[0-9a-f-]{36}$/.test(id)) return null;
      const { rows } = await pool.query<Row>({ ...BY_ID, values: [id] });
      return usable(rows[0]);
    },
    /** The account of this address and password; null for every reason there is, after the same work. */
    async signIn(email: string, password: string): Promise<Account | null> {
      const { rows } = await pool.query<Row>({ ...BY_EMAIL, values: [canonicalEmail(email)] });
      const account = usable(rows[0]);
      return (await verifyPassword(password, account === null ? null : (rows[0]?.password ?? null))) ? account : null;
    },
    /** Adds an account with everybody's roles. @returns its id, or null when the address is taken */
    async register(given: { email: string; name: string; locale: Locale; password: string }): Promise<string | null> {
      const hash = await hashPassword(given.password);
      const values = [canonicalEmail(given.email), given.name, given.locale, hash];
      const { rows } = await pool.query<{ id: string }>({ ...ADD, values });
      return rows[0]?.id ?? null;
    },
    /** Adds a demo account, or makes it as it should be. */
    async putDemo(demo: { email: string; name: string; password: string; roles: readonly string[] }): Promise<void> {
      const { rows } = await pool.query<Row>({ ...BY_EMAIL, values: [demo.email] });
      const [known] = rows;
      const same = known !== undefined && (await verifyPassword(demo.password, known.password));
      const hash = same ? known.password : await hashPassword(demo.password);
      await pool.query({ ...PUT_DEMO, values: [demo.email, demo.name, "ko", hash, [...demo.roles]] });
    },
  };
}
