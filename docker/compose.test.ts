import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BUILD_OPTIONS, KEYCLOAK_VERSION } from "./keycloak/distribution.ts";
import { CORE_BYTES } from "./local/child.ts";
import { PROCESSES } from "./local/processes.ts";
import { POSTGRES, REDIS } from "./local/stack/stores.ts";

const compose = readFileSync(join(import.meta.dirname, "compose.yaml"), "utf8");

/** With Docker sign-in is Keycloak's, by its own image; the subgraphs are never split. */
const CONTAINERS = PROCESSES.filter(({ when }) => when === undefined || when === "city");

/** The text of one service. */
function service(name: string): string {
  const text = new RegExp(`^  ${name}:\\n((?:(?:    .*| *#.*)?\\n)+)`, "m").exec(compose)?.[1];
  if (text === undefined) throw new Error(`no service ${name}`);
  return text;
}

test.each(["hub", "edge"] as const)("the %s database has the same settings as in the local stack", (name) => {
  const given = [...service(`${name}-database`).matchAll(/-c ([^\s=]+)=(\S+)/g)].map(([, key, value]) => [key, value]);
  expect(Object.fromEntries(given)).toEqual(POSTGRES[name]);
});

test.each(["queue", "cache"] as const)("the %s has the same settings as in the local stack", (name) => {
  const given = [...service(name).matchAll(/--([a-z-]+) (\S+)/g)].map(([, key, value]) => [key, value]);
  const { requirepass: _, ...settings } = Object.fromEntries(given);
  expect(settings).toEqual({ ...REDIS[name], save: "''" });
});

test.each(CONTAINERS.map((line) => [line.name, line] as const))(
  "the container %s runs the same file with the same variables as in the local stack",
  (name, line) => {
    const text = service(name);
    expect(text).toContain(`command: ["node", "${line.main}"]`);
    const given = [...text.matchAll(/^ {6}([A-Z_]+): /gm)].map(([, variable]) => variable);
    const optional = new Set(["MADANG_SUBGRAPHS"]);
    expect(given.sort()).toEqual(["MADANG_HOME", ...line.gets.filter((each) => !optional.has(each))].sort());
    for (const database of ["HUB_DATABASE_URL", "EDGE_DATABASE_URL"] as const)
      if (line.gets.includes(database))
        expect(text).toMatch(
          new RegExp(`${database}: "postgres://${line.role}:\\$\\{${line.role?.toUpperCase()}_PASSWORD`),
        );
  },
);

test("without a profile there are the four stores alone", () => {
  expect(compose.match(/^ {2}profiles: \["hub"\]$/gm)).toHaveLength(1);
  for (const { name } of CONTAINERS) expect(service(name)).toContain("<<: *process");
  for (const name of ["hub-database", "edge-database", "queue", "cache"])
    expect(service(name)).not.toContain("*process");
});

test("Keycloak is the one that the local stack builds, with the same realm and the same options", () => {
  const text = service("keycloak");
  expect(text).toContain(`image: quay.io/keycloak/keycloak:${KEYCLOAK_VERSION}\n`);
  expect(text).toContain("./keycloak/madang-realm.json:");
  for (const option of BUILD_OPTIONS.filter((each) => !each.startsWith("--db="))) expect(text).toContain(`"${option}"`);
  expect(text).toContain('ports: ["127.0.0.1:');
});

test("no container dumps a core, as in the local stack", () => {
  expect(compose).toContain(`ulimits: &no-core { core: ${CORE_BYTES} }`);
  for (const anchor of ["redis", "process"])
    expect(compose).toMatch(new RegExp(`^x-${anchor}: &${anchor}\\n(?: .*\\n)*? {2}ulimits: \\*no-core$`, "m"));
  expect(readFileSync(join(import.meta.dirname, "Dockerfile"), "utf8")).toContain("NODE_OPTIONS=--disable-sigusr1");
});
