import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { ERRORS } from "../errors.ts";
import { BATCH_PATH, parseBatchHeader, parseReading } from "./batch.ts";
import { EXAMPLES } from "./examples.ts";
import { COMPONENTS, sign, signatureBase } from "./signature.ts";

const page = readFileSync(new URL("../../docs/wire.md", import.meta.url), "utf8");

/** The text of the page's only code block of that kind. */
function block(kind: string): string {
  const found = page.split(`\`\`\`${kind}\n`)[1]?.split("\n```")[0];
  if (found === undefined) throw new Error(`docs/wire.md has no block ${kind}`);
  return found;
}

test("the worked example of docs/wire.md is what the code signs", () => {
  const body = Buffer.from(block("body"));
  expect(page).toContain(`${body.length} bytes`);
  const [reading] = parseBatchHeader(JSON.parse(body.toString())).readings;
  expect(parseReading(reading).ok).toBe(true);

  const created = Number(/created=(\d+)/.exec(block("base"))?.[1]);
  const request = { method: "POST", path: BATCH_PATH, contentType: "application/json", body };
  const headers = sign(request, createPrivateKey(`${block("pem")}\n`), "pole-demo.0a1b2c3d4e5f", created);
  const lines = block("headers").split("\n");
  expect(lines.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()))).toEqual(
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  );
  const values = {
    "@method": "POST",
    "@path": BATCH_PATH,
    "content-type": headers["content-type"],
    "content-digest": headers["content-digest"],
  };
  const parameters = headers["signature-input"].slice("sig=".length);
  expect(signatureBase(COMPONENTS, values, parameters).toString()).toBe(block("base"));
});

test("the readings of docs/wire.md are the examples that tests start from, one of each type", () => {
  const shown = block("json")
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(shown).toEqual(Object.values(EXAMPLES));
});

test("the codes that docs/wire.md names are in the registry with that status", () => {
  const rows = page.matchAll(/^\| (\d{3}) +\| (.*?) +\|/gm);
  const named = [...rows].flatMap(([, status, codes = ""]) =>
    [...codes.matchAll(/`([A-Z_0-9]+)`/g)].map(([, code = ""]) => [code, Number(status)] as const),
  );
  expect(named.length).toBeGreaterThan(15);
  for (const [code, status] of named)
    expect([code, (ERRORS as Record<string, { status: number }>)[code]?.status]).toEqual([code, status]);
});
