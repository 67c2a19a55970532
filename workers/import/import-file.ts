import { basename } from "node:path";
import type { Pool } from "../../runtime/postgres.ts";
import type { Job } from "./choose.ts";
import { declareCity, declareFile } from "./declare.ts";
import { daysOf, type Period, periodOf } from "./period.ts";
import { postDays } from "./post-days.ts";
import type { Progress } from "./progress.ts";
import { openRejects, type Rejects } from "./rejects.ts";
import { type Scan, scan } from "./scan.ts";
import { openSpool, type Spool } from "./spool.ts";
import { type DatasetTotal, plansOf, totalsOf } from "./totals.ts";

/** The reconciliation of one file: `input = accepted + rejected + boundedAway`, in rows. */
export type FileReport = {
  readonly file: string;
  readonly sha256: string;
  readonly city: string;
  readonly period: Period | null;
  readonly input: number;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly boundedAway: number;
  readonly releasedWindows: number;
  readonly datasets: readonly DatasetTotal[];
  readonly seconds: number;
};

/** The running hub with the administrator's rights. */
export type Target = {
  readonly url: string;
  readonly home: string;
  readonly hubUrl: string;
  readonly hub: Pool;
  readonly edge: Pool;
};

export type ImportOptions = {
  /** null: judge only */
  readonly target: Target | null;
  readonly period: Period | null;
  readonly rejects: string | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
};

const number = (value: number): string => value.toLocaleString("en");

/** Brings one file in, from its first byte to the last released window. */
export async function importFile(job: Job, options: ImportOptions): Promise<FileReport> {
  const started = Date.now();
  const file = basename(job.path);
  const { progress, signal } = options;
  const rejects = openRejects(options.rejects);
  const spool = openSpool();
  try {
    progress.step(`${file}: reading`, null);
    const found = await scan(job.path, job.city, job.source, spool, rejects, {
      signal,
      onRows: (count) => progress.at(count),
    });
    progress.end(`${number(found.input)} rows, ${number(rejects.total())} not taken`);
    const report = await send(job, found, spool, rejects, options);
    return { file, sha256: found.sha256, city: job.city.id, ...report, seconds: (Date.now() - started) / 1000 };
  } finally {
    rejects.flush();
    spool.remove();
  }
}

async function send(
  { path, city, source }: Job,
  { sha256, input, firstDay, lastDay }: Scan,
  spool: Spool,
  rejects: Rejects,
  { target, period: wanted, progress, signal }: ImportOptions,
): Promise<Omit<FileReport, "file" | "sha256" | "city" | "seconds">> {
  const file = basename(path);
  const nothing = { input, rejected: rejects.byReason, boundedAway: 0, releasedWindows: 0, datasets: [] };
  if (firstDay === null || lastDay === null) return { ...nothing, period: null, accepted: 0 };
  const period = periodOf(source, { firstDay, lastDay }, wanted);
  if (target === null) {
    let accepted = 0;
    for (const day of spool.days()) {
      if (isOutside(day, period)) {
        refuseDay(spool, day, period, file, rejects);
        continue;
      }
      const { readings, repeated } = spool.read(day);
      accepted += readings.length;
      for (const line of repeated) rejects.add(file, line, "ROW_DUPLICATE", "");
    }
    return { ...nothing, period, accepted };
  }

  const feed = city.feeds.find((one) => one.id === source.feed);
  if (feed === undefined) throw new Error(`the city ${city.id} has no feed ${source.feed}`);
  const { hub, edge, hubUrl, home, url } = target;
  progress.step(`${file}: declaring ${city.nameEn}`, null);
  const credentials = await declareCity({ url: hubUrl, pool: hub, home }, city, source);
  const backfill = await declareFile({ url: hubUrl, pool: hub, home }, city, feed.population, sha256, period);
  for (const day of spool.days()) if (isOutside(day, backfill)) refuseDay(spool, day, backfill, file, rejects);
  const plans = await plansOf(hub, feed.population);
  progress.end();

  const total = daysOf(backfill).length;
  progress.step(`${file}: days`, total);
  let note = "";
  await postDays({
    url,
    edge,
    credentials,
    feed: feed.id,
    population: plans[0]?.population ?? 0,
    backfill,
    file,
    spool,
    rejects,
    signal,
    onDay: (sealed) => {
      progress.at(sealed, `${number(sealed)} of ${number(total)} days${note}`);
      note = "";
    },
    onWait: () => {
      note = "  the hub is busy";
    },
  });
  progress.end(`${number(total)} sealed`);
  progress.step(`${file}: releases`, null);
  const totals = await totalsOf({ hub, edge }, backfill, city.timeZone, plans, rejects, signal);
  progress.end(`${number(totals.releasedWindows)} windows`);
  return {
    period: { firstDay: backfill.firstDay, lastDay: backfill.lastDay },
    input,
    ...totals,
    rejected: rejects.byReason,
  };
}

const isOutside = (day: string, { firstDay, lastDay }: Period): boolean => day < firstDay || day > lastDay;

/** Rows of a day that the period does not hold are refused as too old or too new. */
function refuseDay(spool: Spool, day: string, period: Period, file: string, rejects: Rejects): void {
  const reason = day < period.firstDay ? "ROW_TOO_OLD" : "ROW_FUTURE";
  const { readings, repeated } = spool.read(day);
  rejects.count(reason, readings.length);
  for (const line of repeated) rejects.add(file, line, "ROW_DUPLICATE", "");
}
