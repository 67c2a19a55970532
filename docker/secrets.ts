// Makes the passwords of a hub that runs with docker/compose.yaml, in MADANG_HOME: secrets.json, and compose.env from
// which compose gives each container its own. Both are readable by their owner alone; repeating it keeps the passwords.
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureSecrets } from "./local/secrets.ts";
import { readSettings } from "./local/settings.ts";

const { home } = readSettings(process.env, join(import.meta.dirname, ".."));
const { admin, redis, internal, identity, roles } = ensureSecrets(home);
const variables = {
  MADANG_ADMIN_PASSWORD: admin,
  MADANG_REDIS_PASSWORD: redis,
  MADANG_INTERNAL_KEY: internal,
  MADANG_KEYCLOAK_DATABASE_PASSWORD: identity.seal,
  MADANG_KEYCLOAK_ADMIN_PASSWORD: identity.admin,
  MADANG_HUB_CLIENT_SECRET: identity.client,
  MADANG_SECRETS_JSON: `'${JSON.stringify({ roles })}'`,
  ...Object.fromEntries(Object.entries(roles).map(([role, password]) => [`${role.toUpperCase()}_PASSWORD`, password])),
};
const path = join(home, "compose.env");
writeFileSync(
  path,
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(""),
  { mode: 0o600 },
);
chmodSync(path, 0o600);
process.stdout.write(`${path}\n`);
