import { parseArgs } from "node:util";
import { isDay } from "../../core/time.ts";
import { ImportFault } from "./fault.ts";
import { KINDS, type Kind } from "./formats/formats.ts";
import type { Period } from "./period.ts";

export type Arguments = {
  readonly kind: Kind;
  readonly files: readonly string[];
  readonly stations: string | null;
  /** name of a configuration in prisma/cities, or a file; null: by the file's columns */
  readonly city: string | null;
  readonly period: Period | null;
  readonly dryRun: boolean;
  readonly json: string | null;
  readonly rejects: string | null;
};

export const USAGE = `npm run import -- <trips|counts|crashes> <file…> [options]

Brings a published file into the hub as a declared backfill. Run again after an
interruption: what is in is not sent twice.

  trips    shared bike trips; needs the list of stations
  counts   counts of a place and hour; needs the list of sensors
  crashes  fatal road crashes of Korea or the USA

Files are CSV, plain or gzip. A list of stations or sensors may stand among them.

  --stations FILE    list of stations or sensors
  --city NAME|FILE   city configuration (prisma/cities); default: by the columns
  --period A..B      days that are declared, YYYY-MM-DD..YYYY-MM-DD
                     default: the whole months (crashes: years) of the rows
  --rejects FILE     report of rows that were not taken: file, line, reason, column
  --json FILE        write the reconciliation
  --dry-run          judge every row, send nothing
  --resume           go on where a run was interrupted (always done)
  --help

Exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted.
`;

/**
 * Reads the command line.
 * @returns null when help is asked for
 * @throws ImportFault with exit code 2
 */
export function readArguments(argv: readonly string[]): Arguments | null {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    stations: text,
    city: text,
    period: text,
    rejects: text,
    json: text,
    "dry-run": flag,
    resume: flag,
    help: { ...flag, short: "h" },
  } as const;
  const parse = () => {
    try {
      return parseArgs({ args: [...argv], options, allowPositionals: true });
    } catch (error) {
      throw new ImportFault(error instanceof Error ? error.message : "the command line cannot be read", 2);
    }
  };
  const { values, positionals } = parse();
  if (values.help === true) return null;
  const [name, ...files] = positionals;
  const kind = KINDS.find((one) => one === name);
  if (kind === undefined) throw new ImportFault(`say what is imported: ${KINDS.join(", ")}`, 2);
  if (files.length === 0) throw new ImportFault("name the file to import", 2);
  return {
    kind,
    files,
    stations: values.stations ?? null,
    city: values.city ?? null,
    period: values.period === undefined ? null : readPeriod(values.period),
    dryRun: values["dry-run"] === true,
    json: values.json ?? null,
    rejects: values.rejects ?? null,
  };
}

function readPeriod(text: string): Period {
  const [firstDay = "", lastDay = "", ...rest] = text.split("..");
  if (rest.length > 0 || !isDay(firstDay) || !isDay(lastDay) || firstDay > lastDay) {
    throw new ImportFault("--period is written YYYY-MM-DD..YYYY-MM-DD, the first day not after the last", 2);
  }
  return { firstDay, lastDay };
}
