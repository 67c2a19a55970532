import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createPool } from "../../runtime/postgres.ts";
import { type Arguments, readArguments, USAGE } from "./arguments.ts";
import { chooseJobs } from "./choose.ts";
import { readConfig } from "./config.ts";
import { ImportFault } from "./fault.ts";
import { type FileReport, importFile, type Target } from "./import-file.ts";
import { createProgress } from "./progress.ts";
import { startReport } from "./rejects.ts";

const INTERRUPTED = 130;

const rows = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const reconciles = ({ input, accepted, rejected, boundedAway }: FileReport): boolean =>
  input === accepted + rows(rejected) + boundedAway;

function summary(kind: string, files: readonly FileReport[], seconds: number) {
  const rejected: Record<string, number> = {};
  for (const file of files) {
    for (const [reason, count] of Object.entries(file.rejected)) rejected[reason] = (rejected[reason] ?? 0) + count;
  }
  const sum = (of: (file: FileReport) => number): number => files.reduce((total, file) => total + of(file), 0);
  return {
    kind,
    input: sum((file) => file.input),
    accepted: sum((file) => file.accepted),
    rejected,
    boundedAway: sum((file) => file.boundedAway),
    releasedWindows: sum((file) => file.releasedWindows),
    reconciled: files.every(reconciles),
    seconds,
    files,
  };
}

function print(report: ReturnType<typeof summary>): void {
  const line = (name: string, value: number | string): void =>
    console.log(`${name.padEnd(22)}${typeof value === "number" ? value.toLocaleString("en").padStart(12) : value}`);
  line("input rows", report.input);
  line("accepted", report.accepted);
  line("rejected", rows(report.rejected));
  for (const [reason, count] of Object.entries(report.rejected)) line(`  ${reason}`, count);
  line("bounded away", report.boundedAway);
  line("released windows", report.releasedWindows);
  line("seconds", report.seconds.toFixed(1).padStart(12));
  console.log(
    report.reconciled
      ? "reconciled: input = accepted + rejected + bounded away"
      : "NOT reconciled: input ≠ accepted + rejected + bounded away",
  );
}

function connect(): Target & { close(): Promise<void> } {
  const config = readConfig();
  const hub = createPool(config.HUB_DATABASE_URL, { name: "import", max: 2 });
  const edge = createPool(config.EDGE_DATABASE_URL, { name: "import", max: 2 });
  return {
    url: config.MADANG_URL,
    home: config.MADANG_HOME,
    hubUrl: config.HUB_DATABASE_URL,
    hub,
    edge,
    close: async () => void (await Promise.all([hub.end(), edge.end()])),
  };
}

async function run(wanted: Arguments, signal: AbortSignal): Promise<number> {
  const started = Date.now();
  const jobs = await chooseJobs(wanted);
  const target = wanted.dryRun ? null : connect();
  const progress = createProgress(process.stderr, process.stderr.isTTY !== true);
  try {
    const rejects = wanted.rejects ?? (target && join(target.home, "import", `${wanted.kind}-rejects.csv`));
    if (rejects !== null) {
      mkdirSync(dirname(rejects), { recursive: true });
      startReport(rejects);
    }
    const files: FileReport[] = [];
    for (const job of jobs)
      files.push(await importFile(job, { target, period: wanted.period, rejects, progress, signal }));
    const report = summary(wanted.kind, files, (Date.now() - started) / 1000);
    if (wanted.json !== null) writeFileSync(wanted.json, `${JSON.stringify(report, null, 2)}\n`);
    print(report);
    if (rejects !== null && rows(report.rejected) > 0) console.error(`rows that were not taken: ${rejects}`);
    return report.reconciled ? 0 : 1;
  } finally {
    await target?.close();
  }
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(INTERRUPTED);
    stopping.abort();
  });
}

try {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === null) console.log(USAGE);
  else process.exitCode = await run(wanted, stopping.signal);
} catch (error) {
  if (stopping.signal.aborted) {
    console.error("\ninterrupted: run the same command again to go on");
    process.exitCode = INTERRUPTED;
  } else if (error instanceof ImportFault) {
    console.error(error.message);
    if (error.exitCode === 2) console.error("See: npm run import -- --help");
    process.exitCode = error.exitCode;
  } else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
