import { globSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./support/figure.ts";

/** Every figure of the scorecard, by folder and in the order in which a file names them. */
export async function findFigures(): Promise<Figure[]> {
  const files = globSync("*/figure.ts", { cwd: import.meta.dirname, exclude: ["support"] }).sort();
  const found: Figure[] = [];
  for (const file of files) {
    const { figures } = (await import(join(import.meta.dirname, file))) as { figures: readonly Figure[] };
    found.push(...figures);
  }
  const names = found.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two figures are named ${twice}`);
  return found;
}
