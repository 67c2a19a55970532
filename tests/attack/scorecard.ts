// The scorecard: every attack on the hub, what must hold, and what was measured. See HELP in arguments.ts.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describeMachine } from "../support/machine.ts";
import { HELP, needsHub, type Selection, select } from "./arguments.ts";
import { findFigures } from "./figures.ts";
import { endAll, type Row, runFigures } from "./run.ts";

/** What a figure would show that the hub cannot yet: named, so that nobody takes silence for a pass. */
const LATER = ["fingerprint traced from copies, parts and colluders: with the exports"] as const;

function describe(row: Row): string {
  const mutants = row.mutants.length === 0 ? "" : `, ${count(row.mutants, "killed")} mutants killed`;
  const power = row.power === undefined ? "" : `, power ${row.power.toFixed(3)}`;
  const faults = [
    ...row.controls.filter(({ held }) => !held).map(({ name }) => `\n       control failed: ${name}`),
    ...row.mutants.filter(({ killed }) => !killed).map(({ name }) => `\n       mutant survives: ${name}`),
  ];
  return `${row.pass ? "pass" : "FAIL"}  ${row.title}
       must be: ${row.target}
       is: ${row.value}${power}${mutants} (${row.name}, ${row.seconds} s)${faults.join("")}\n`;
}

const count = <K extends string>(list: readonly Record<K, unknown>[], key: K): string =>
  `${list.filter((one) => one[key] === true).length} of ${list.length}`;

async function main({ help, list, figures, size, json, ...rest }: Selection): Promise<number> {
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (list) {
    for (const { name, title, fast } of figures)
      process.stdout.write(`${name}${fast ? "" : " (full only)"}: ${title}\n`);
    return 0;
  }
  if (needsHub({ help, list, figures, size, json, ...rest }) && process.env["HUB_DATABASE_URL"] === undefined) {
    process.stderr.write("These figures need a hub. Run them with npm run scorecard.\n");
    return 2;
  }
  const at = new Date().toISOString();
  const machine = await describeMachine(process.env["EDGE_DATABASE_URL"]);
  const rows = await runFigures(figures, size, (row) => void process.stdout.write(describe(row)));
  if (json !== null) {
    mkdirSync(dirname(json), { recursive: true });
    writeFileSync(json, `${JSON.stringify({ at, size, machine, figures: rows, later: LATER }, null, 2)}\n`);
  }
  const mutants = rows.flatMap((row) => row.mutants);
  process.stdout.write(
    `\n${count(rows, "pass")} figures passed, ${count(mutants, "killed")} mutants killed` +
      `${size === "fast" ? ", with the fast samples" : ""}\n` +
      `${LATER.map((text) => `later  ${text}\n`).join("")}`,
  );
  return rows.every(({ pass }) => pass) ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    endAll();
    process.exit(130);
  });
}
try {
  const figures = await findFigures();
  let selection: Selection;
  try {
    selection = select(process.argv.slice(2), figures);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
  process.exitCode = await main(selection);
} catch (error) {
  endAll();
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
