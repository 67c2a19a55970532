import { needsHub, select } from "../../../tests/attack/arguments.ts";
import { findFigures } from "../../../tests/attack/figures.ts";
import { HANDED_ON } from "../arguments.ts";
import { build, PRISMA_CLIENT } from "../build.ts";
import { runProgram } from "../hand-on.ts";
import { runOnOwnHub, settingsBeside } from "./with-hub.ts";

const PORTS_AFTER = 800;

/**
 * `npm run scorecard`: attacks a hub of its own, on which the sample city lives; figures that need none run without.
 * @returns the scorecard's exit code
 */
export async function scorecard(root: string, args: readonly string[]): Promise<number> {
  const own = settingsBeside(root, "scorecard", PORTS_AFTER);
  const { main } = HANDED_ON.scorecard;
  await build(root, PRISMA_CLIENT, new AbortController().signal);
  if (!(await wantsHub(args))) return runProgram(own.settings, main, args, {});
  return runOnOwnHub(main, args, own, { city: true });
}

/** The scorecard itself says what is wrong with its words, before a hub is started for them. */
async function wantsHub(args: readonly string[]): Promise<boolean> {
  const figures = await findFigures();
  try {
    return needsHub(select(args, figures));
  } catch {
    return false;
  }
}
