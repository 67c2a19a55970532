import { join } from "node:path";
import type { Role } from "../../prisma/roles.ts";
import { demoAccountsFile } from "./demo-accounts.ts";
import type { Secrets } from "./secrets.ts";
import { isLoopbackOnly, publicAddresses, type Settings, type StoreAddresses } from "./settings.ts";
import { withRole } from "./stack/probe.ts";

/** The variables that a process may be given. Each gets those of its own line below, and no other. */
type Variable =
  | "HUB_DATABASE_URL"
  | "EDGE_DATABASE_URL"
  | "REDIS_URL"
  | "CACHE_URL"
  | "MADANG_PORT"
  | "MADANG_HOST"
  | "MADANG_URL"
  | "MADANG_SUBGRAPHS"
  | "INTERNAL_KEY"
  | "MADANG_TRUSTED_PROXIES"
  | "INTAKE_PORT"
  | "IDENTITY_ISSUER"
  | "IDENTITY_UPSTREAM"
  | "IDENTITY_KEYS_URL"
  | "IDENTITY_KIND"
  | "IDENTITY_PORT"
  | "IDENTITY_HEALTH_PORT"
  | "IDENTITY_SECRET"
  | "IDENTITY_CLIENT_SECRET"
  | "IDENTITY_ADMIN_SECRET"
  | "IDENTITY_DEMO_ACCOUNTS"
  | "IDENTITY_CACHE"
  | "KEYRING_DIR"
  | "KEYRING_PUBLIC_SOCKET"
  | "KEYRING_INGEST_SOCKET"
  | "KEYRING_CONTROL_SOCKET"
  | "LOG_BATCH_SECONDS"
  | "PUBLIC_URL";

export type ProcessLine = {
  name: string;
  main: string;
  /** Role in both databases; null for a process without a database. */
  role: Role | null;
  gets: readonly Variable[];
  /** Processes that must be ready before this one is started (those among them that run). */
  needs: readonly string[];
  /** Runs only then: `split` = MADANG_SUBGRAPHS is set, `city` = with the sample city, a kind of sign-in = with that one. Always
   * when it is left out. */
  when?: "split" | "city" | "embedded" | "keycloak";
  /** Time to get ready when it is longer than others need (Java, a first database). */
  startLimitMs?: number;
};

/** What a process needs that verifies tokens and leads to the sign-in provider. */
const IDENTITY: readonly Variable[] = ["IDENTITY_ISSUER", "IDENTITY_UPSTREAM", "IDENTITY_KEYS_URL", "IDENTITY_KIND"];

/** Every process of the hub: a new one is a line here. */
export const PROCESSES: readonly ProcessLine[] = [
  {
    name: "keyring",
    main: "workers/keyring/main.ts",
    role: null,
    gets: ["KEYRING_DIR", "KEYRING_PUBLIC_SOCKET", "KEYRING_INGEST_SOCKET", "KEYRING_CONTROL_SOCKET"],
    needs: [],
  },
  {
    name: "intake",
    main: "server/intake/main.ts",
    role: "madang_intake",
    gets: ["HUB_DATABASE_URL", "EDGE_DATABASE_URL", "REDIS_URL", "INTAKE_PORT", "KEYRING_PUBLIC_SOCKET"],
    needs: ["keyring"],
  },
  {
    name: "ingest",
    main: "workers/ingest/main.ts",
    role: "madang_ingest",
    gets: ["HUB_DATABASE_URL", "EDGE_DATABASE_URL", "REDIS_URL", "KEYRING_INGEST_SOCKET"],
    needs: ["keyring"],
  },
  {
    name: "release",
    main: "workers/release/main.ts",
    role: "madang_release",
    gets: ["HUB_DATABASE_URL", "EDGE_DATABASE_URL", "REDIS_URL", "KEYRING_CONTROL_SOCKET"],
    needs: ["keyring"],
  },
  {
    name: "facts",
    main: "workers/facts/main.ts",
    role: "madang_facts",
    gets: ["HUB_DATABASE_URL", "EDGE_DATABASE_URL", "REDIS_URL"],
    needs: [],
  },
  {
    name: "background",
    main: "workers/background/main.ts",
    role: "madang_background",
    gets: [
      "HUB_DATABASE_URL",
      "EDGE_DATABASE_URL",
      "REDIS_URL",
      "KEYRING_CONTROL_SOCKET",
      "PUBLIC_URL",
      "LOG_BATCH_SECONDS",
    ],
    needs: ["keyring"],
  },
  {
    name: "subgraphs",
    main: "server/subgraphs/main.ts",
    role: "madang_api",
    gets: ["HUB_DATABASE_URL", "MADANG_PORT", "MADANG_HOST", "MADANG_SUBGRAPHS", "INTERNAL_KEY"],
    needs: [],
    when: "split",
  },
  {
    name: "identity",
    main: "server/identity/main.ts",
    role: "madang_identity",
    gets: [
      "HUB_DATABASE_URL",
      "IDENTITY_ISSUER",
      "IDENTITY_PORT",
      "IDENTITY_SECRET",
      "IDENTITY_CLIENT_SECRET",
      "IDENTITY_DEMO_ACCOUNTS",
    ],
    needs: [],
    when: "embedded",
  },
  {
    name: "keycloak",
    main: "docker/keycloak/main.ts",
    role: null,
    gets: [
      "IDENTITY_ISSUER",
      "IDENTITY_PORT",
      "IDENTITY_HEALTH_PORT",
      "IDENTITY_CLIENT_SECRET",
      "IDENTITY_ADMIN_SECRET",
      "IDENTITY_DEMO_ACCOUNTS",
      "IDENTITY_CACHE",
    ],
    needs: [],
    when: "keycloak",
    startLimitMs: 300_000,
  },
  {
    name: "front",
    main: "server/front/main.ts",
    role: "madang_api",
    gets: [
      "HUB_DATABASE_URL",
      "REDIS_URL",
      "CACHE_URL",
      "MADANG_PORT",
      "MADANG_HOST",
      "INTAKE_PORT",
      "MADANG_SUBGRAPHS",
      "INTERNAL_KEY",
      "MADANG_TRUSTED_PROXIES",
      ...IDENTITY,
    ],
    needs: [],
  },
  {
    name: "simulator",
    main: "workers/simulator/main.ts",
    role: null,
    gets: ["MADANG_URL"],
    needs: ["intake", "ingest", "release", "facts", "background", "front"],
    when: "city",
  },
];

/** The lines that run with these settings. */
export function processLines(settings: Pick<Settings, "subgraphs" | "identity">, city: boolean): ProcessLine[] {
  const { subgraphs, identity } = settings;
  const runs = {
    split: subgraphs !== null,
    city,
    embedded: identity === "embedded",
    keycloak: identity === "keycloak",
  };
  const lines = PROCESSES.filter(({ when }) => when === undefined || runs[when]);
  const names = new Set(lines.map(({ name }) => name));
  return lines.map((line) => ({ ...line, needs: line.needs.filter((name) => names.has(name)) }));
}

/** The Unix sockets of the keyring: intake reads public keys, ingest opens, release and background order. */
export function keyringSockets(home: string) {
  const socket = (name: string): string => join(home, "run", `keyring-${name}.sock`);
  return {
    KEYRING_PUBLIC_SOCKET: socket("public"),
    KEYRING_INGEST_SOCKET: socket("ingest"),
    KEYRING_CONTROL_SOCKET: socket("control"),
  };
}

/** The sign-in provider as the world names it, and as this machine reaches it. */
export function identityAddresses(settings: Settings) {
  if (settings.openid !== null)
    return {
      IDENTITY_ISSUER: settings.openid.issuer,
      IDENTITY_UPSTREAM: null,
      IDENTITY_KEYS_URL: settings.openid.keysUrl,
    };
  const realm = "/realms/madang";
  const upstream = `http://127.0.0.1:${settings.ports.identity}`;
  return {
    IDENTITY_ISSUER: `${publicAddresses(settings).hub}${realm}`,
    IDENTITY_UPSTREAM: upstream,
    IDENTITY_KEYS_URL: `${upstream}${realm}/protocol/openid-connect/certs`,
  };
}

/** The environment of one process: its own variables, with its own role and password in the addresses. */
export function environmentOf(
  line: ProcessLine,
  settings: Settings,
  stores: StoreAddresses,
  secrets: Secrets,
): Record<string, string> {
  const { home, ports, host } = settings;
  const database = (url: string): string | null =>
    line.role === null ? null : withRole(url, line.role, secrets.roles[line.role]);
  const values: Record<Variable, string | null> = {
    HUB_DATABASE_URL: database(stores.hub),
    EDGE_DATABASE_URL: database(stores.edge),
    REDIS_URL: stores.queue,
    CACHE_URL: stores.cache,
    MADANG_PORT: String(ports.front),
    MADANG_HOST: host,
    MADANG_URL: publicAddresses(settings).hub,
    MADANG_SUBGRAPHS: settings.subgraphs,
    INTERNAL_KEY: secrets.internal,
    MADANG_TRUSTED_PROXIES: settings.trustedProxies,
    INTAKE_PORT: String(ports.intake),
    ...identityAddresses(settings),
    IDENTITY_KIND: settings.identity,
    IDENTITY_PORT: String(ports.identity),
    IDENTITY_HEALTH_PORT: String(ports.identityHealth),
    IDENTITY_SECRET: secrets.identity.seal,
    IDENTITY_CLIENT_SECRET: secrets.identity.client,
    IDENTITY_ADMIN_SECRET: secrets.identity.admin,
    IDENTITY_DEMO_ACCOUNTS: isLoopbackOnly(settings) ? demoAccountsFile(home) : null,
    IDENTITY_CACHE: settings.cacheFolder,
    KEYRING_DIR: join(home, "keyring"),
    LOG_BATCH_SECONDS: settings.logBatchSeconds,
    PUBLIC_URL: settings.publicUrl ?? publicAddresses(settings).hub,
    ...keyringSockets(home),
  };
  const own = line.gets.flatMap((name) => (values[name] === null ? [] : [[name, values[name]] as const]));
  return {
    PATH: `${join(settings.root, "node_modules/.bin")}:/usr/bin:/bin`,
    NODE_ENV: "production",
    // SIGUSR1 would open a debugger's port, through which memory can be read.
    NODE_OPTIONS: "--disable-sigusr1",
    NODE_COMPILE_CACHE: join(settings.root, "node_modules/.cache/madang/compile"),
    TZ: "UTC",
    LANG: "C.UTF-8",
    MADANG_HOME: home,
    MADANG_LOG: settings.logLevel,
    ...Object.fromEntries(own),
  };
}

/**
 * The processes in waves: each wave needs only earlier ones. Ending goes through them backwards.
 * @throws TypeError when a line needs an unknown process, or lines need each other
 */
export function waves(lines: readonly ProcessLine[]): ProcessLine[][] {
  const result: ProcessLine[][] = [];
  const done = new Set<string>();
  for (let left = [...lines]; left.length > 0; left = left.filter((line) => !done.has(line.name))) {
    const wave = left.filter((line) => line.needs.every((name) => done.has(name)));
    if (wave.length === 0) throw new TypeError(`cannot be ordered: ${left.map((line) => line.name).join(", ")}`);
    for (const line of wave) done.add(line.name);
    result.push(wave);
  }
  return result;
}
