import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** An account to try the hub with, named after its role. */
export type DemoAccount = { email: string; name: string; password: string; roles: readonly string[] };

const DEMO: readonly Omit<DemoAccount, "password">[] = [
  { email: "citizen@madang.example", name: "데모 시민", roles: ["citizen"] },
  { email: "developer@madang.example", name: "데모 개발자", roles: ["citizen", "developer"] },
  { email: "provider@madang.example", name: "데모 제공자", roles: ["citizen", "provider"] },
  { email: "steward@madang.example", name: "데모 심사 담당자 1", roles: ["citizen", "steward"] },
  { email: "steward2@madang.example", name: "데모 심사 담당자 2", roles: ["citizen", "steward"] },
  { email: "admin@madang.example", name: "데모 운영자", roles: ["citizen", "admin"] },
  { email: "auditor@madang.example", name: "데모 감사인", roles: ["citizen", "auditor"] },
];

export const DEMO_EMAILS: readonly string[] = DEMO.map(({ email }) => email);

export const demoAccountsFile = (home: string): string => join(home, "demo-accounts.json");

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** Four groups of five letters that are not mistaken for each other: 98 random bits. */
const password = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join("")).join(
    "-",
  );

/** The demo accounts of this hub; none when they were never made. */
export function readDemoAccounts(home: string): DemoAccount[] {
  const path = demoAccountsFile(home);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as DemoAccount[]) : [];
}

/** Makes the passwords of this hub's demo accounts, once; the file is readable by its owner alone. */
export function ensureDemoAccounts(home: string): void {
  const known = new Map(readDemoAccounts(home).map((account) => [account.email, account.password]));
  const path = demoAccountsFile(home);
  const accounts = DEMO.map((demo) => ({ ...demo, password: known.get(demo.email) ?? password() }));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
