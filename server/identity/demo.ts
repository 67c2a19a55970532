import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Accounts } from "./accounts.ts";

const DemoAccounts = z.array(
  z.object({ email: z.email(), name: z.string(), password: z.string().min(12), roles: z.array(z.string()) }),
);

/**
 * Adds the demo accounts of the hub's home (docker/local/demo-accounts.ts makes the file).
 * @throws when the file cannot be read or has another shape
 */
export async function putDemoAccounts(accounts: Accounts, path: string): Promise<void> {
  for (const demo of DemoAccounts.parse(JSON.parse(readFileSync(path, "utf8")))) await accounts.putDemo(demo);
}
