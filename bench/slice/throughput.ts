import { performance } from "node:perf_hooks";
import { value } from "../../tests/support/databases.ts";
import { perUnit, processorSeconds } from "../cpu.ts";
import { type Figure, figure } from "../figures.ts";
import { median, withSpread } from "../statistics.ts";
import type { Bench } from "../suite.ts";
import { type BenchCity, backfillOf, DAYS, lists, partOfDay } from "./city.ts";
import { copyRate, makePeer, takeContributions } from "./copy.ts";
import { nextBatch, postAll, processed } from "./post.ts";

const SIZE = 500;
const CONNECTIONS = 8;
const WARM_UP = 25_000;
const ROUND = 105_000;
const ROUNDS = 3;

/**
 * Readings from the signed batch to the committed contribution, against COPY of the same rows into an equal table of
 * the same database; the rounds alternate.
 */
export async function throughputFigures(bench: Bench, city: BenchCity): Promise<Figure[]> {
  const { edge } = bench.databases;
  const [day] = DAYS;
  const plans = Object.values(city.plans).map(({ number }) => number);
  const contributions = () =>
    value<number>(edge, "SELECT count(*) FROM edge.contribution WHERE plan = ANY ($1)", [plans]);
  const pass = async (part: number, total: number): Promise<number> => {
    const batches = lists(city, partOfDay(day, part, ROUNDS + 1), total, SIZE).map((list, nth) =>
      nextBatch(city, nth, list, backfillOf(city, day)),
    );
    const start = performance.now();
    await postAll(bench, batches, CONNECTIONS);
    await processed(bench, city);
    return (performance.now() - start) / 1000;
  };

  bench.say(`warming up: ${WARM_UP} readings`);
  await makePeer(edge);
  await pass(0, WARM_UP);
  const readings: number[] = [];
  const rows: number[] = [];
  const copied: number[] = [];
  const used: string[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const before = await contributions();
    const processors = processorSeconds(bench.home);
    const seconds = await pass(round, ROUND);
    used.push(perUnit(processors, processorSeconds(bench.home), ROUND));
    const made = (await contributions()) - before;
    readings.push(ROUND / seconds);
    rows.push(made / seconds);
    const { from, to } = partOfDay(day, round, ROUNDS + 1);
    const taken = await takeContributions(edge, plans, from, to);
    if (taken.rows !== made) throw new Error(`a round made ${made} contributions, ${taken.rows} were found`);
    copied.push(await copyRate(edge, taken));
    bench.say(
      `round ${round}: ${Math.round(ROUND / seconds)} readings/s, COPY ${Math.round(copied.at(-1) ?? 0)} rows/s`,
    );
  }
  await edge.query("DROP SCHEMA bench CASCADE");
  const ratios = rows.map((rate, round) => rate / (copied[round] ?? Number.NaN));
  return [
    figure("readings, intake to contribution", median(readings), "1/s", "higher", {
      target: 30_000,
      note: `${ROUNDS} × ${ROUND} readings in batches of ${SIZE}, ${CONNECTIONS} connections, one day of two plans; ${withSpread(readings)}; processor time a reading: ${used[0]}`,
    }),
    figure("contributions made", median(rows), "rows/s", "higher", { note: withSpread(rows) }),
    figure("COPY of the same rows", median(copied), "rows/s", "higher", {
      note: `binary, one connection, the same unique index and chunks; ${withSpread(copied)}`,
    }),
    figure("contributions ÷ COPY", median(ratios), "ratio", "higher", { note: withSpread(ratios) }),
  ];
}
