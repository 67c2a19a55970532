import { readFileSync } from "node:fs";
import { z } from "zod";
import { HubError } from "../../core/errors.ts";
import { runCommand } from "../../runtime/command-line.ts";
import { parseConfig, variables } from "../../runtime/config.ts";
import { createPool, type Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { type Command, readCommand, USAGE } from "./command.ts";
import { createSeal } from "./seal.ts";
import { addSigningKey, KEY_TIMES } from "./signing-keys.ts";

const sql = (name: string) => statement(new URL(`./sql/${name}.sql`, import.meta.url));
const Secrets = z.object({ identity: z.object({ seal: z.string() }) });

process.exitCode = await runCommand(process.argv.slice(2), USAGE, readCommand, onHub, sentence);

async function onHub(command: Command): Promise<void> {
  const config = parseConfig({ HUB_DATABASE_URL: variables.HUB_DATABASE_URL, MADANG_SECRETS: z.string().min(1) });
  const admin = createPool(config.HUB_DATABASE_URL, { name: "identity", max: 1 });
  try {
    await run(command, admin, config.MADANG_SECRETS);
  } finally {
    await admin.end();
  }
}

async function run(command: Command, admin: Pool, secrets: string): Promise<void> {
  switch (command.verb) {
    case "list": {
      type Line = { email: string; roles: string[]; is_demo: boolean; is_disabled: boolean };
      const { rows } = await admin.query<Line>(sql("privileged-accounts"));
      for (const { email, roles, is_demo, is_disabled } of rows)
        console.log([email, roles.join(","), is_demo && "demo", is_disabled && "disabled"].filter(Boolean).join("  "));
      break;
    }
    case "grant":
    case "take": {
      const [give, take] = command.verb === "grant" ? [command.roles, []] : [[], command.roles];
      const values = [command.email, give, take];
      const { rows } = await admin.query<{ roles: string[] }>({ ...sql("set-roles"), values });
      console.log(`${known(rows[0]).roles.join(",")}`);
      break;
    }
    case "verify": {
      const { rows } = await admin.query({ ...sql("set-verified"), values: [command.email] });
      known(rows[0]);
      console.log("The address counts as proved.");
      break;
    }
    case "disable":
    case "enable": {
      const values = [command.email, command.verb === "disable"];
      const { rows } = await admin.query({ ...sql("set-disabled"), values });
      known(rows[0]);
      console.log(`The account is ${command.verb}d.`);
      break;
    }
    case "rotate-key": {
      const { identity } = Secrets.parse(JSON.parse(readFileSync(secrets, "utf8")));
      const announced = command.now ? 0 : KEY_TIMES.announced;
      const kid = await addSigningKey(admin, createSeal(identity.seal), { announced, ifOlder: null });
      console.log(`The key ${kid} signs ${command.now ? "within seconds" : "in an hour"}.`);
    }
  }
}

function known<T>(row: T | undefined): T {
  if (row === undefined) throw new HubError("NOT_FOUND", "There is no account with this address.");
  return row;
}

function sentence(error: unknown): string {
  if (error instanceof HubError) return error.detail;
  const code = (error as { code?: string }).code;
  return code === undefined ? "The identity command failed." : `The hub database does not do this (${code}).`;
}
