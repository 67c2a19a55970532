import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { composeSdl } from "./compose.ts";
import { subgraphs } from "./subgraphs.ts";

/** `node schema/emit.ts` writes schema/sdl; `--check` compares instead and ends with 1 when something differs. */
const [option, ...others] = process.argv.slice(2);
if ((option !== undefined && option !== "--check") || others.length > 0) {
  process.stderr.write("usage: node schema/emit.ts [--check]\n");
  process.exit(2);
}
const folder = join(import.meta.dirname, "sdl");
mkdirSync(folder, { recursive: true });
const stale: string[] = [];
for (const [name, text] of Object.entries(composeSdl(subgraphs))) {
  const path = join(folder, name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  stale.push(name);
  if (option === undefined) writeFileSync(path, text);
}
if (option === "--check" && stale.length > 0) {
  process.stderr.write(`schema/sdl differs from the code: ${stale.join(", ")}. Run \`npm run generate\`.\n`);
  process.exit(1);
}
process.stderr.write(`schema/sdl: ${stale.length === 0 ? "up to date" : `wrote ${stale.join(", ")}`}\n`);
