import { askAs, makeWorld, SERIES, type World } from "../../tests/e2e/meter/world.ts";
import { type Figure, figure } from "../figures.ts";
import { median, withSpread } from "../statistics.ts";
import type { Bench, Suite } from "../suite.ts";

const HOURS = 48;
const ROUNDS = 5;
const SECONDS = 2;
const CONNECTIONS = 16;

type Way = { name: string; key: () => string | null; dataset: string };
type Run = { perSecond: number; p50: number };

/** Asks over so many connections for a while; every answer must be whole. */
async function run(url: string, world: World, { key, dataset }: Way, connections: number): Promise<Run> {
  const times: number[] = [];
  const begun = performance.now();
  const end = begun + SECONDS * 1000;
  let nth = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const at = performance.now();
      // Every question is another one than the one before.
      const told = await askAs(url, key(), SERIES, { dataset, period: world.period(1 + (nth++ % HOURS)) });
      if (told.code !== null) throw new Error(`${told.code}: ${told.message}`);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { perSecond: (1000 * times.length) / (performance.now() - begun), p50: median(times) };
}

/** What metering costs: the same question about the same values, open and under a licence, in turns. */
export const meter: Suite = async ({ url, databases, say }: Bench): Promise<Figure[]> => {
  say("a city with two datasets of the same values, one of them licensed");
  const world = await makeWorld(databases, HOURS);
  const customer = await world.customer(1_000_000_000_000);
  const keys = await Promise.all(Array.from({ length: CONNECTIONS }, () => customer.key()));
  let turn = 0;
  const key = (): string => keys[turn++ % keys.length]?.text ?? "";
  const ways: Way[] = [
    { name: "open, anonymous", key: () => null, dataset: world.open },
    { name: "open, with a key", key, dataset: world.open },
    { name: "licensed", key, dataset: world.dataset },
  ];
  const found = new Map(ways.map(({ name }) => [name, { many: [] as Run[], single: [] as Run[] }]));
  for (let round = 0; round <= ROUNDS; round++) {
    say(round === 0 ? "warming up" : `round ${round} of ${ROUNDS}`);
    for (const way of ways) {
      const many = await run(url, world, way, CONNECTIONS);
      const single = await run(url, world, way, 1);
      if (round === 0) continue;
      found.get(way.name)?.many.push(many);
      found.get(way.name)?.single.push(single);
    }
  }
  const rates = (name: string) => found.get(name)?.many.map(({ perSecond }) => perSecond) ?? [];
  const ratio = (name: string) => rates(name).map((rate, at) => rate / (rates("open, anonymous")[at] ?? 1));
  return [
    ...ways.map(({ name }) =>
      figure(`${name}, ${CONNECTIONS} connections`, median(rates(name)), "answers/s", "higher", {
        note: withSpread(rates(name)),
      }),
    ),
    ...ways.map(({ name }) => {
      const p50 = found.get(name)?.single.map((one) => one.p50) ?? [];
      return figure(`${name}, one connection`, median(p50), "ms p50", "lower", { note: withSpread(p50) });
    }),
    figure("open with a key ÷ anonymous", median(ratio("open, with a key")), "", "higher", {
      note: withSpread(ratio("open, with a key")),
    }),
    figure("licensed ÷ anonymous", median(ratio("licensed")), "", "higher", { note: withSpread(ratio("licensed")) }),
  ];
};
