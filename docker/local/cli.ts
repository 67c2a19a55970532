import { join } from "node:path";
import { parseCommand } from "./arguments.ts";
import { generate } from "./generate.ts";
import { handOn } from "./hand-on.ts";
import { HELP } from "./help.ts";
import { EXIT, explain, Refusal } from "./refusal.ts";
import { readSettings } from "./settings.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";

const root = join(import.meta.dirname, "../..");

async function main(): Promise<number> {
  const command = parseCommand(process.argv.slice(2));
  if (command.name === "help") {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  const settings = () => readSettings(process.env, root);
  switch (command.name) {
    case "start":
      return start(settings(), command.options);
    case "stop":
      return stop(settings());
    case "status":
      return status(settings(), command.json);
    case "generate":
      return generate(root);
    case "test": {
      const { test } = await import("./test/test.ts");
      return test(root, command.filter);
    }
    case "bench": {
      const { bench } = await import("./test/bench.ts");
      return bench(root, command.rest);
    }
    case "scorecard": {
      const { scorecard } = await import("./test/scorecard.ts");
      return scorecard(root, command.rest);
    }
    default:
      return handOn(settings(), command.name, command.rest);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof Refusal ? error.exitCode : EXIT.failed;
}
