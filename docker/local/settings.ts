import { createHash } from "node:crypto";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { type PortPlan, portPlan } from "./ports.ts";
import { EXIT, Refusal } from "./refusal.ts";

/** Addresses of the four stores, with the credentials of their administrator. */
export type StoreAddresses = { hub: string; edge: string; queue: string; cache: string };

/** What the launcher reads from its environment. */
export type Settings = {
  /** Folder of the project. */
  root: string;
  /** State: data, secrets, sockets, logs (`MADANG_HOME`). */
  home: string;
  /** Folder for what may be built again (`XDG_CACHE_HOME`). */
  cacheFolder: string;
  host: string;
  ports: PortPlan;
  logLevel: string;
  /** Address under which the world reaches the hub, without a path (`MADANG_PUBLIC_URL`); null: host and port. */
  publicUrl: string | null;
  /** Who signs people in (`MADANG_IDENTITY`). */
  identity: IdentityKind;
  /** Another OpenID provider (`IDENTITY_ISSUER`, `IDENTITY_KEYS_URL`), with the identity `openid` alone. */
  openid: { issuer: string; keysUrl: string } | null;
  /** Subgraphs served by a process of their own (`MADANG_SUBGRAPHS`), none by default. */
  subgraphs: string | null;
  /** Networks of the operator's own proxies (`MADANG_TRUSTED_PROXIES`), none by default. */
  trustedProxies: string | null;
  /** How far batches of the transparency log are apart (`LOG_BATCH_SECONDS`). */
  logBatchSeconds: string;
  /** Stores that run elsewhere; null when the launcher starts them. */
  external: StoreAddresses | null;
  /** Mirror of the Debian archive for the local stack (`MADANG_DEBIAN_MIRROR`); null: the usual one. */
  debianMirror: string | null;
};

/** `embedded`: a process of the hub; `keycloak`: Keycloak beside it; `openid`: a provider that runs elsewhere. */
export type IdentityKind = "embedded" | "keycloak" | "openid";

/** The variables that name stores of one's own: all four or none. */
export const EXTERNAL = {
  hub: "HUB_DATABASE_URL",
  edge: "EDGE_DATABASE_URL",
  queue: "REDIS_URL",
  cache: "CACHE_URL",
} as const;

/** A Unix socket's path may have 107 bytes; the longest name below `run/` takes 25 of them. */
const LONGEST_HOME = 107 - "/run/keyring-control.sock".length;

/**
 * A folder for a hub of one's own: `name` below the usual state folder, or below the system's folder for temporary files
 * where the project lies so deep that sockets would not fit.
 */
export function homeBeside(usual: string, name: string): string {
  const home = join(usual, name);
  if (Buffer.byteLength(home) <= LONGEST_HOME) return home;
  return join(tmpdir(), `madang-${createHash("sha256").update(usual).digest("hex").slice(0, 8)}`, name);
}

/**
 * Reads the launcher's settings.
 * @param root folder of the project, where a relative MADANG_HOME starts
 * @throws Refusal (wrong use) on a fault, naming the variable
 */
export function readSettings(environment: NodeJS.ProcessEnv, root: string): Settings {
  const home = resolve(root, environment["MADANG_HOME"] || ".madang");
  if (Buffer.byteLength(home) > LONGEST_HOME)
    throw new Refusal(
      `MADANG_HOME is too long for Unix sockets (${Buffer.byteLength(home)} bytes, at most ${LONGEST_HOME}): ${home}`,
      EXIT.wrongUse,
    );
  const cache = environment["XDG_CACHE_HOME"];
  return {
    root,
    home,
    cacheFolder: join(cache !== undefined && isAbsolute(cache) ? cache : join(homedir(), ".cache"), "madang"),
    host: environment["MADANG_HOST"] || "127.0.0.1",
    ports: portPlan(Number(environment["MADANG_PORT"] || 4000)),
    publicUrl: publicUrl(environment),
    ...identity(environment),
    logLevel: environment["MADANG_LOG"] || "info",
    subgraphs: environment["MADANG_SUBGRAPHS"] || null,
    trustedProxies: environment["MADANG_TRUSTED_PROXIES"] || null,
    logBatchSeconds: environment["LOG_BATCH_SECONDS"] || "60",
    external: externalStores(environment),
    debianMirror: environment["MADANG_DEBIAN_MIRROR"] || null,
  };
}

const isWeb = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

function publicUrl(environment: NodeJS.ProcessEnv): string | null {
  const text = environment["MADANG_PUBLIC_URL"];
  if (!text) return null;
  if (!isWeb(text) || new URL(text).pathname !== "/")
    throw new Refusal("MADANG_PUBLIC_URL is an address such as https://hub.example, without a path.", EXIT.wrongUse);
  return new URL(text).origin;
}

function identity(environment: NodeJS.ProcessEnv): Pick<Settings, "identity" | "openid"> {
  const kind = environment["MADANG_IDENTITY"] || "embedded";
  if (kind === "embedded" || kind === "keycloak") return { identity: kind, openid: null };
  if (kind !== "openid")
    throw new Refusal(`MADANG_IDENTITY is embedded, keycloak or openid, not ${kind}.`, EXIT.wrongUse);
  const [issuer = "", keysUrl = ""] = [environment["IDENTITY_ISSUER"], environment["IDENTITY_KEYS_URL"]];
  if (!isWeb(issuer) || !isWeb(keysUrl))
    throw new Refusal(
      "With MADANG_IDENTITY=openid, IDENTITY_ISSUER names the provider and IDENTITY_KEYS_URL its key set (jwks_uri).",
      EXIT.wrongUse,
    );
  return { identity: kind, openid: { issuer, keysUrl } };
}

const LOOPBACK = /^(127(\.\d+){3}|\[?::1\]?|localhost)$/;

/** True when nobody but this machine can reach the hub: then alone the demo accounts are let in. */
export function isLoopbackOnly({ host, publicUrl }: Pick<Settings, "host" | "publicUrl">): boolean {
  return LOOPBACK.test(host) && (publicUrl === null || LOOPBACK.test(new URL(publicUrl).hostname));
}

function externalStores(environment: NodeJS.ProcessEnv): StoreAddresses | null {
  const missing = Object.values(EXTERNAL).filter((name) => !environment[name]);
  if (missing.length === 4) return null;
  if (missing.length > 0)
    throw new Refusal(
      `To use stores of your own, set all four of ${Object.values(EXTERNAL).join(", ")}. Missing: ${missing.join(", ")}.`,
      EXIT.wrongUse,
    );
  const of = (name: string, schemes: string[]): string => {
    const text = environment[name] ?? "";
    if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol))
      throw new Refusal(`${name} is not an address that starts with ${schemes.join("// or ")}//`, EXIT.wrongUse);
    return text;
  };
  return {
    hub: of(EXTERNAL.hub, ["postgres:", "postgresql:"]),
    edge: of(EXTERNAL.edge, ["postgres:", "postgresql:"]),
    queue: of(EXTERNAL.queue, ["redis:", "rediss:"]),
    cache: of(EXTERNAL.cache, ["redis:", "rediss:"]),
  };
}

/** The host under which a person on this machine reaches what is bound to `host`. */
export const reachableHost = (host: string): string => (host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host);

/** The addresses that people use. */
export function publicAddresses(settings: Pick<Settings, "host" | "ports" | "publicUrl">) {
  const name = reachableHost(settings.host);
  const hub = settings.publicUrl ?? `http://${name.includes(":") ? `[${name}]` : name}:${settings.ports.front}`;
  return { hub, portal: `${hub}/`, graphql: `${hub}/graphql`, edge: `${hub}/edge/v1` };
}
