import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROLES } from "../../prisma/roles.ts";
import { environmentOf, PROCESSES, processLines, waves } from "./processes.ts";
import { readSettings } from "./settings.ts";

const settings = readSettings({ MADANG_HOME: "/var/lib/madang", MADANG_PORT: "5000" }, "/srv/madang");
const stores = {
  hub: "postgres://madang:adminsecret@127.0.0.1:5002/hub",
  edge: "postgres://madang:adminsecret@127.0.0.1:5003/edge",
  queue: "redis://:redissecret@127.0.0.1:5004",
  cache: "redis://:redissecret@127.0.0.1:5005",
};
const roles = Object.fromEntries(ROLES.map((role) => [role, `password-of-${role}`])) as Record<
  (typeof ROLES)[number],
  string
>;
const identity = { seal: "sealsecret", client: "clientsecret", admin: "keycloaksecret" };
const secrets = { admin: "a", redis: "r", internal: "i", identity, roles };
const environments = Object.fromEntries(
  PROCESSES.map((line) => [line.name, environmentOf(line, settings, stores, secrets)]),
);
const holders = (variable: string): string[] =>
  PROCESSES.map(({ name }) => name).filter((name) => environments[name]?.[variable] !== undefined);

test("only the processes with work in the edge database have an address of it", () => {
  expect(holders("EDGE_DATABASE_URL")).toEqual(["intake", "ingest", "release", "facts", "background"]);
});

test("no process has the administrator's password, and each has its own role's alone", () => {
  for (const { name, role } of PROCESSES) {
    const text = JSON.stringify(environments[name]);
    expect(text).not.toContain("adminsecret");
    for (const other of ROLES)
      expect([name, other, text.includes(`password-of-${other}`)]).toEqual([name, other, other === role]);
  }
});

test("the keyring's folder is known to the keyring alone, and each of its doors to those who may use it", () => {
  expect(holders("KEYRING_DIR")).toEqual(["keyring"]);
  expect(holders("KEYRING_PUBLIC_SOCKET")).toEqual(["keyring", "intake"]);
  expect(holders("KEYRING_INGEST_SOCKET")).toEqual(["keyring", "ingest"]);
  expect(holders("KEYRING_CONTROL_SOCKET")).toEqual(["keyring", "release", "background"]);
});

test("what seals sign-in is known to the sign-in process alone, and the database of sign-in to no other role", () => {
  for (const secret of Object.values(identity))
    for (const { name } of PROCESSES)
      if (JSON.stringify(environments[name]).includes(secret)) expect(["identity", "keycloak"]).toContain(name);
  expect(PROCESSES.filter(({ role }) => role === "madang_identity").map(({ name }) => name)).toEqual(["identity"]);
  expect(holders("IDENTITY_SECRET")).toEqual(["identity"]);
});

test("demo accounts are known only while the hub listens on loopback, under an address of this machine", () => {
  const line = PROCESSES.find(({ name }) => name === "identity");
  const demo = (environment: NodeJS.ProcessEnv) =>
    line && environmentOf(line, readSettings(environment, "/srv"), stores, secrets)["IDENTITY_DEMO_ACCOUNTS"];
  expect(demo({})).toBe("/srv/.madang/demo-accounts.json");
  expect(demo({ MADANG_HOST: "::1" })).toBeDefined();
  for (const host of ["0.0.0.0", "::", "192.0.2.7", "hub.example"]) expect(demo({ MADANG_HOST: host })).toBeUndefined();
  expect(demo({ MADANG_PUBLIC_URL: "https://hub.example" })).toBeUndefined();
});

test("the simulator knows the front door and no store", () => {
  const { PATH: _, ...known } = environments["simulator"] ?? {};
  expect(known).toEqual({
    NODE_ENV: "production",
    NODE_OPTIONS: "--disable-sigusr1",
    NODE_COMPILE_CACHE: "/srv/madang/node_modules/.cache/madang/compile",
    TZ: "UTC",
    LANG: "C.UTF-8",
    MADANG_HOME: "/var/lib/madang",
    MADANG_LOG: "info",
    MADANG_URL: "http://127.0.0.1:5000",
  });
});

test("what a process needs comes in an earlier wave", () => {
  const order = waves(processLines(settings, true)).map((wave) => wave.map(({ name }) => name));
  expect(order).toEqual([
    ["keyring", "facts", "identity", "front"],
    ["intake", "ingest", "release", "background"],
    ["simulator"],
  ]);
});

test("lines that need each other are refused", () => {
  const line = (name: string, needs: string[]) => ({ name, main: "", role: null, gets: [], needs });
  expect(() => waves([line("a", ["b"]), line("b", ["a"])])).toThrow("a, b");
});

test("split subgraphs are a process of their own, only when they are asked for", () => {
  const split = readSettings({ MADANG_SUBGRAPHS: "crowd,mobility" }, "/srv");
  expect(processLines(split, false).map(({ name }) => name)).toContain("subgraphs");
  expect(processLines(settings, false).map(({ name }) => name)).not.toContain("subgraphs");
  expect(processLines(settings, false).map(({ name }) => name)).not.toContain("simulator");
});

test("every line names a file of the project", () => {
  for (const { main } of PROCESSES)
    expect([main, existsSync(join(import.meta.dirname, "../..", main))]).toEqual([main, true]);
});
