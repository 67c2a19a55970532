import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CORE_BYTES } from "./local/child.ts";
import { PROCESSES } from "./local/processes.ts";
import { POSTGRES, REDIS } from "./local/stack/stores.ts";

const compose = readFileSync(join(import.meta.dirname, "compose.yaml"), "utf8");

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

test.each(PROCESSES.filter(({ when }) => when !== "split").map((line) => [line.name, line] as const))(
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
  for (const { name } of PROCESSES.filter(({ when }) => when !== "split"))
    expect(service(name)).toContain("<<: *process");
  for (const name of ["hub-database", "edge-database", "queue", "cache"])
    expect(service(name)).not.toContain("*process");
});

test("no container dumps a core, as in the local stack", () => {
  expect(compose).toContain(`ulimits: &no-core { core: ${CORE_BYTES} }`);
  for (const anchor of ["redis", "process"])
    expect(compose).toMatch(new RegExp(`^x-${anchor}: &${anchor}\\n(?: .*\\n)*? {2}ulimits: \\*no-core$`, "m"));
  expect(readFileSync(join(import.meta.dirname, "Dockerfile"), "utf8")).toContain("NODE_OPTIONS=--disable-sigusr1");
});
