// Writes docs/privacy-report.md from what a run of the scorecard left.
//   npm run scorecard -- --json FILE && node tests/attack/report.ts FILE [FILE of figures that were run again …]
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Report, reportText } from "./report-text.ts";

const HERE = import.meta.dirname;

const [file, ...again] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: node tests/attack/report.ts FILE, the JSON of npm run scorecard -- --json FILE\n");
  process.exit(2);
}
const read = (path: string): Report => JSON.parse(readFileSync(path, "utf8")) as Report;
/** The folder of a figure: the one of its name, or of the longest beginning of it. */
const folderOf = (name: string): string | null => {
  for (let words = name.split("-"); words.length > 0; words = words.slice(0, -1)) {
    if (existsSync(join(HERE, words.join("-"), "README.md"))) return words.join("-");
  }
  return null;
};
writeFileSync(join(HERE, "../../docs/privacy-report.md"), reportText(read(file), folderOf, again.map(read)));
