import { execFileSync } from "node:child_process";

/** What a process writes that logs an error whose message quotes a row. */
const written = (): string =>
  execFileSync(process.execPath, [
    "--input-type=module",
    "--eval",
    `import { createLog } from ${JSON.stringify(new URL("./log.ts", import.meta.url).href)};
     const error = Object.assign(new TypeError("Key (pseudonym)=(secret) exists"), { code: "23505", detail: "secret" });
     createLog("test", "info").error({ event: "test.failed", err: error });
     createLog("test", "info").error(error);`,
  ]).toString();

test("an error is logged as its class, code and place, never with its message, which may quote a row", () => {
  const lines = written().trim().split("\n");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ event: "test.failed", err: { type: "TypeError", code: "23505" } });
  expect(lines.join()).not.toContain("secret");
});
