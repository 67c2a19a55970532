import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROLES, type Role } from "../../prisma/roles.ts";
import { Refusal } from "./refusal.ts";

/**
 * Passwords of one hub. `admin`: the databases' owner; `redis`: both Redis servers; `internal`: by which the gateway signs
 * what it tells split subgraphs; `identity`: the sign-in provider's (what it seals its store with, the client `hub`,
 * Keycloak's administrator).
 */
export type Secrets = {
  admin: string;
  redis: string;
  internal: string;
  identity: { seal: string; client: string; admin: string };
  roles: Record<Role, string>;
};

export const secretsFile = (home: string): string => join(home, "secrets.json");

/** 192 random bits that need no escaping in an address. */
const password = (): string => randomBytes(24).toString("base64url");

/**
 * Reads the secrets, and makes what is missing. The file is readable by its owner alone.
 * @throws Refusal when the file is no JSON object
 */
export function ensureSecrets(home: string): Secrets {
  const path = secretsFile(home);
  const known = existsSync(path) ? read(path) : {};
  const roles = Object.fromEntries(ROLES.map((role) => [role, known.roles?.[role] ?? password()])) as Secrets["roles"];
  const secrets: Secrets = {
    ...known,
    admin: known.admin ?? password(),
    redis: known.redis ?? password(),
    internal: known.internal ?? password(),
    identity: {
      seal: known.identity?.seal ?? password(),
      client: known.identity?.client ?? password(),
      admin: known.identity?.admin ?? password(),
    },
    roles,
  };
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return secrets;
}

type Known = {
  admin?: string;
  redis?: string;
  internal?: string;
  identity?: Partial<Secrets["identity"]>;
  roles?: Partial<Secrets["roles"]>;
};

function read(path: string): Known {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Refusal(`${path} is damaged. Restore it, or start with new data: npm start -- --fresh`);
}
