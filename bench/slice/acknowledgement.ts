import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, figure } from "../figures.ts";
import { quantile } from "../statistics.ts";
import type { Bench } from "../suite.ts";
import { type BenchCity, backfillOf, DAYS, lists, partOfDay } from "./city.ts";
import { acknowledged, nextBatch, processed } from "./post.ts";

const RATE = 100;
const SECONDS = 20;
const SIZES = [50, 500] as const;

/**
 * How long a device waits for its 202 while batches come at a fixed pace. A late answer delays no later batch, so
 * that a slow spell is not hidden by the load it holds back.
 */
export async function acknowledgementFigures(bench: Bench, city: BenchCity): Promise<Figure[]> {
  const figures: Figure[] = [];
  const [day] = DAYS;
  for (const size of SIZES) {
    bench.say(`acknowledgement: ${RATE} batches/s of ${size} readings for ${SECONDS} s`);
    // The same readings again and again: the intake does not look, and the ingest worker's work is all but the insert.
    const texts = lists(city, partOfDay(day, 0, 4), size * 20, size);
    const batches = Array.from({ length: RATE * SECONDS }, (_, nth) =>
      nextBatch(city, nth, texts[nth % texts.length] ?? "[]", backfillOf(city, day)),
    );
    const times: number[] = [];
    const begin = performance.now() + 100;
    const sent = batches.map(async (batch, nth) => {
      const due = begin + (nth * 1000) / RATE;
      await sleep(due - performance.now());
      await acknowledged(bench.url, batch);
      times.push(performance.now() - due);
    });
    await Promise.all(sent);
    await processed(bench, city);
    figures.push(
      figure(`acknowledgement p50, batches of ${size}`, quantile(times, 0.5), "ms", "lower"),
      figure(`acknowledgement p95, batches of ${size}`, quantile(times, 0.95), "ms", "lower", {
        target: 50,
        note: `${RATE} batches/s for ${SECONDS} s through the front door, ingest at work; p99 ${quantile(times, 0.99).toFixed(1)} ms`,
      }),
    );
  }
  return figures;
}
