import { parseArgs } from "node:util";
import type { Figure, Size } from "./support/figure.ts";

export const HELP = `npm run scorecard [-- --only NAME …] [--fast] [--json FILE] [--list]

Attacks a hub of its own, which is started for it and removed afterwards, and prints a figure for each attack: what must
hold, what was measured, whether it passed. A figure passes when its positive controls held and its mutants were killed.

  --only NAME   this figure alone (again for more); --list names them
  --fast        the smaller samples that npm test takes
  --json FILE   write {at, machine, figures} as JSON, too
  --list        name the figures, and end

Exit code: 0 every figure passed, 1 one did not, 2 wrong use.
`;

export type Wish = {
  readonly help: boolean;
  readonly list: boolean;
  readonly size: Size;
  readonly json: string | null;
};
export type Selection = Wish & { readonly figures: readonly Figure[] };

/**
 * Reads the command line of the scorecard.
 * @throws Error for an unknown word, or for a figure that does not exist or is not among the fast ones
 */
export function select(argv: readonly string[], all: readonly Figure[]): Selection {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: "string", multiple: true },
      fast: { type: "boolean" },
      json: { type: "string" },
      list: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const fast = values.fast === true;
  const offered = fast ? all.filter((figure) => figure.fast) : all;
  for (const name of values.only ?? []) {
    if (!offered.some((figure) => figure.name === name)) {
      throw new Error(`There is no ${fast ? "fast " : ""}figure ${name}. See: npm run scorecard -- --list`);
    }
  }
  return {
    help: values.help === true,
    list: values.list === true,
    size: fast ? "fast" : "full",
    json: values.json ?? null,
    figures: values.only === undefined ? offered : offered.filter(({ name }) => values.only?.includes(name)),
  };
}

/** Whether a hub has to run for these words. */
export const needsHub = ({ help, list, figures }: Selection): boolean =>
  !help && !list && figures.some(({ needs }) => needs === "hub");
