// The examples that outsiders start from: each is answered by the sample city, without errors and with values.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { sandboxKey } from "../../support/licensed.ts";

const folder = join(import.meta.dirname, "../../../examples");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".graphql"))
  .map((file) => file.slice(0, -".graphql".length));

type Outcome = { code: number; stdout: string; stderr: string };

/** Whether an example asks with a key; its first line says so. */
const asksWithKey = (name: string): boolean => /MADANG_KEY/.test(readFileSync(join(folder, `${name}.graphql`), "utf8"));

const run = (...args: string[]): Promise<Outcome> => runWith({}, ...args);
const runWith = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<Outcome> =>
  promisify(execFile)(process.execPath, [join(folder, "run.ts"), ...args], {
    maxBuffer: 32 * 1024 * 1024,
    env: { ...process.env, ...env },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Outcome) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );

/** Leaves of an answer that say something: numbers and texts in lists of things, not only names of one. */
function count(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + count(entry), 0);
  if (typeof value === "object" && value !== null) return count(Object.values(value));
  return value === null || value === undefined ? 0 : 1;
}

const emptied = (value: unknown): boolean =>
  value === null ||
  (Array.isArray(value) ? value.length === 0 : typeof value === "object" && Object.values(value ?? {}).every(emptied));

scenario("examples", ({ url, ...environment }) => {
  let key = "";
  beforeAll(async () => {
    const databases = openDatabases(environment);
    key = await sandboxKey(databases.hub);
    await databases.close();
  });

  test("there are at least eight, each says whose question it is", async () => {
    expect(names.length).toBeGreaterThanOrEqual(8);
    const { code, stdout } = await run();
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toMatch(new RegExp(`^${name} +\\w+.*: .*\\?`, "m"));
  });

  test.each(names)("%s is answered without errors and with values", async (name) => {
    const env = asksWithKey(name) ? { MADANG_KEY: key } : {};
    const { code, stdout, stderr } = await runWith(env, name, "--json", "--url", url);
    expect(stderr).not.toContain(": ");
    expect(code).toBe(0);
    const { data, errors } = JSON.parse(stdout) as { data: Record<string, unknown>; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(Object.values(data).filter(emptied)).toEqual([]);
    expect(count(data)).toBeGreaterThan(5);
  });

  test("one that asks with a key is refused without it, or with one that is none", async () => {
    const [name] = names.filter(asksWithKey);
    const outcomes = [{}, { MADANG_KEY: `${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}` }, { MADANG_KEY: "x" }];
    for (const env of outcomes) {
      const { code, stdout, stderr } = await runWith(env, String(name), "--json", "--url", url);
      expect(code).toBe(1);
      expect(stdout + stderr).not.toContain(key);
    }
  });

  test("an unknown example, a wrong option and a hub that is away have their exit codes", async () => {
    expect((await run("no-such-example")).code).toBe(2);
    expect((await run("city-now", "--loud")).code).toBe(2);
    const away = await run("city-now", "--url", "http://127.0.0.1:9");
    expect([away.code, away.stdout.includes("{\n")]).toEqual([1, true]);
    expect(away.stderr).toContain("does not answer");
  });
});
