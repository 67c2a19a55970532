import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";
import { EXIT, Refusal } from "./refusal.ts";

/** Everything that is made from sources and committed (or needed to check types), in order. */
export const GENERATORS: readonly { name: string; needs: string; args: readonly string[] }[] = [
  {
    name: "database client",
    needs: "prisma/hub/schema.prisma",
    args: ["node_modules/prisma/build/index.js", "generate"],
  },
  { name: "SDL and supergraph", needs: "schema/emit.ts", args: ["schema/emit.ts"] },
  {
    name: "portal types",
    needs: "schema/sdl/api.graphqls",
    args: ["node_modules/@graphql-codegen/cli/cjs/bin.js", "--config", "portal/codegen.ts"],
  },
];

/**
 * `npm run generate`.
 * @throws Refusal with the generator's words
 */
export async function generate(root: string): Promise<number> {
  for (const { name, needs, args } of GENERATORS) {
    if (!existsSync(join(root, needs))) continue;
    const made = await run(process.execPath, args, { cwd: root });
    if (made.code !== 0) throw new Refusal(`Generating the ${name} failed:\n${made.output.trim()}`);
    process.stderr.write(`  ${name}\n`);
  }
  return EXIT.done;
}
