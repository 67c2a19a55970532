import { existsSync } from "node:fs";
import { join } from "node:path";
import { HANDED_ON } from "../arguments.ts";
import { runProgram } from "../hand-on.ts";
import { stepPrinter } from "../progress.ts";
import { Refusal } from "../refusal.ts";
import { runningState } from "../state.ts";
import { ownHub, settingsBeside } from "./with-hub.ts";

const PORTS_AFTER = 600;

/**
 * `npm run bench`: starts a hub of its own with new data and without the sample city, measures, ends it.
 * @returns the bench's exit code
 */
export async function bench(root: string, args: readonly string[]): Promise<number> {
  const { settings, environment } = settingsBeside(root, "bench", PORTS_AFTER);
  const { main } = HANDED_ON.bench;
  // The bench itself says what is wrong with its words, before a hub is started for them.
  const asksForHelp = args.includes("--help") || args.includes("-h");
  const isSuite = args.some((word) => existsSync(join(root, "bench", word, `${word}.ts`)));
  if (asksForHelp || !isSuite) return runProgram(settings, main, args, {});
  if (runningState(settings.home)) throw new Refusal(`A bench runs already, in ${settings.home}.`);
  const printer = stepPrinter(process.stderr);
  const hub = ownHub(settings, environment, false, printer);
  try {
    const addresses = await hub.ready;
    printer.close();
    return await runProgram(settings, main, args, addresses);
  } finally {
    printer.close();
    await hub.end();
  }
}
