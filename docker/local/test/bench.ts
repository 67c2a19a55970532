import { existsSync } from "node:fs";
import { join } from "node:path";
import { HANDED_ON } from "../arguments.ts";
import { runProgram } from "../hand-on.ts";
import { runOnOwnHub, settingsBeside } from "./with-hub.ts";

const PORTS_AFTER = 600;

/**
 * `npm run bench`: measures on a hub of its own, with new data and without the sample city.
 * @returns the bench's exit code
 */
export async function bench(root: string, args: readonly string[]): Promise<number> {
  const own = settingsBeside(root, "bench", PORTS_AFTER);
  const { main } = HANDED_ON.bench;
  // The bench itself says what is wrong with its words, before a hub is started for them.
  const asksForHelp = args.includes("--help") || args.includes("-h");
  const isSuite = args.some((word) => existsSync(join(root, "bench", word, `${word}.ts`)));
  if (asksForHelp || !isSuite) return runProgram(own.settings, main, args, {});
  return runOnOwnHub(main, args, own, { city: false });
}
