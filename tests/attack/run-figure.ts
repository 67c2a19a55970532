// Runs one figure to its end, in a process of its own: a fault of one never takes another with it.
//   node tests/attack/run-figure.ts NAME full|fast
// Its finding goes to the parent process as a message; without a parent it is printed.
import { readEnvironment } from "../support/environment.ts";
import { agent } from "../support/http.ts";
import { findFigures } from "./figures.ts";
import type { Arena, Size } from "./support/figure.ts";

const [name, size] = process.argv.slice(2);
const figure = (await findFigures()).find((one) => one.name === name);
if (figure === undefined) throw new Error(`there is no figure ${name}`);

const environment = readEnvironment();
const arena: Arena = {
  size: size satisfies string | undefined as Size,
  get hub() {
    if ("missing" in environment) throw new Error(`a hub is needed: ${environment.missing.join(", ")} not set`);
    return environment;
  },
  progress: (text) => void process.stderr.write(`  ${name}: ${text}\n`),
};
const finding = await figure.run(arena);
agent.destroy();
if (process.send === undefined) process.stdout.write(`${JSON.stringify(finding, null, 2)}\n`);
else process.send(finding, () => process.exit(0));
