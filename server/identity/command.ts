import { needed, readVerb, WrongUse } from "../../runtime/command-line.ts";

export const ROLES = ["citizen", "developer", "provider", "steward", "admin", "auditor", "agency"] as const;
export type Role = (typeof ROLES)[number];

export const USAGE = `Accounts of the hub's own sign-in (with Keycloak: its console, see docs/identity.md).

  npm run identity -- list
        accounts with more than everybody's roles, and those that are disabled
  npm run identity -- grant --email EMAIL --role ROLE [--role ROLE …]
  npm run identity -- take --email EMAIL --role ROLE [--role ROLE …]
        effective with the next renewal of the account's token, within five minutes
  npm run identity -- verify --email EMAIL
        the address is known to be this person's: they can accept invitations to it
  npm run identity -- disable --email EMAIL
  npm run identity -- enable --email EMAIL
  npm run identity -- rotate-key [--now]
        a new signing key; it signs after an hour, so that everybody knows it, or at once

ROLE: ${ROLES.join(" ")}
Exit codes: 0 done, 1 failed, 2 wrong use`;

export type Command =
  | { verb: "list" }
  | { verb: "grant" | "take"; email: string; roles: readonly Role[] }
  | { verb: "verify" | "disable" | "enable"; email: string }
  | { verb: "rotate-key"; now: boolean };

const OPTIONS = {
  email: { type: "string" },
  role: { type: "string", multiple: true },
  now: { type: "boolean" },
} as const;

const ALLOWED = {
  list: [],
  grant: ["email", "role"],
  take: ["email", "role"],
  verify: ["email"],
  disable: ["email"],
  enable: ["email"],
  "rotate-key": ["now"],
} as const;

/**
 * Reads the command line.
 * @returns null when help is asked for
 * @throws WrongUse
 */
export function readCommand(args: readonly string[]): Command | null {
  const read = readVerb(args, OPTIONS, ALLOWED);
  if (read === null) return null;
  const { verb, values } = read;
  if (verb === "list") return { verb };
  if (verb === "rotate-key") return { verb, now: values.now === true };
  const email = needed(values.email, "email").toLowerCase();
  if (verb === "verify" || verb === "disable" || verb === "enable") return { verb, email };
  return { verb, email, roles: (values.role ?? [needed(undefined, "role")]).map(roleOf) };
}

function roleOf(text: string): Role {
  const role = ROLES.find((each) => each === text);
  if (role === undefined) throw new WrongUse(`--role is one of ${ROLES.join(", ")}.`);
  return role;
}
