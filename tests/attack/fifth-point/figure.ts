import { uniform } from "../../../core/privacy/random.ts";
import { normalBelow } from "../../../core/testing/proportion.ts";
import { judgeReadings } from "../../../workers/ingest/judge.ts";
import { drawDense } from "../../../workers/release/vector.ts";
import { countsOf, plansOfCity, type Row, rowsOf, sceneOf } from "../support/city-day.ts";
import { drawWithScale, halfNoise } from "../support/faults.ts";
import type { Arena, Figure, Finding } from "../support/figure.ts";
import { scaleOf } from "../support/plans.ts";
import { noiseFor } from "../support/randomness.ts";
import { askRelease, claimFromTraces, pickTargets, tracesOf } from "./attack.ts";
import { DAY, FEED, vehicleDay } from "./traces.ts";

const TOLERANCE = 0.02;
const WORKS = 0.8;

async function run({ size, progress }: Arena): Promise<Finding> {
  const trials = size === "full" ? 200_000 : 40_000;
  const random = noiseFor(size, "fifth-point");
  const { city, readings } = vehicleDay("fifth point");
  const judged = judgeReadings(readings, sceneOf(city.config, FEED, DAY));
  const plan = plansOfCity(city.config, FEED).find(({ config }) => config.statistic === "PASSAGES");
  if (plan === undefined) throw new Error("the sample city has no plan for vehicles");
  const rows = rowsOf(judged, DAY).filter((row) => row.plan === plan.number);
  const traces = tracesOf(rows);
  progress(`${rows.length} contributions of ${traces.size} vehicles, ${judged.refused.length} readings refused`);

  const targets = pickTargets(traces, 5_000, random);
  const restricted = claimFromTraces(traces, targets, random);

  const { windows, counted } = countsOf(plan, rows);
  const byUnit = [...tracesOf(counted).values()].filter((points) => points.length >= 5);
  const fifths = Array.from({ length: trials }, () => {
    const points = byUnit[uniform(byUnit.length, random)] ?? [];
    return points[uniform(points.length, random)] as Row;
  });
  const cells = plan.partitions.map(({ cell }) => cell);
  const scale = scaleOf({
    dataset: "",
    population: "",
    bound: plan.config.bound,
    microEpsilon: plan.config.epsilonMicro,
    threshold: null,
  });
  const ask = (draw: typeof drawDense): number => askRelease(draw, cells, windows, fifths, scale, random);
  const predicted = Math.tanh(scale.d / (2 * scale.n));
  const released = ask(drawDense);
  const fails = (advantage: number): boolean => Math.abs(advantage - predicted) > TOLERANCE;
  const bare = await drawWithScale("exact counts", { n: "1", d: "100" });
  const half = await halfNoise();
  const gap = Math.tanh(scale.d / scale.n) - predicted - TOLERANCE;
  return {
    value: `${released.toFixed(4)}, predicted ${predicted.toFixed(4)} (t ${scale.n / scale.d}); restricted schema ${restricted.toFixed(3)}`,
    pass: !fails(released) && restricted > WORKS,
    controls: [
      { name: "on the restricted schema the attack works", held: restricted > WORKS },
      { name: "every reading of the day was taken", held: judged.refused.length === 0 && rows.length > 5_000 },
    ],
    mutants: [
      { name: "half the noise", killed: fails(ask(half.drawDense)) },
      { name: "exact counts released", killed: fails(ask(bare.drawDense)) },
    ],
    power: normalBelow(gap / Math.sqrt(0.5 / trials)),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "fifth-point",
    title: "fifth point from four known points",
    target:
      "advantage over the release without the target = tanh(1/2t) ± 0.02; > 0.8 on the restricted schema (the attack works)",
    rules: ["P3", "P4"],
    needs: "nothing",
    fast: true,
    run,
  },
];
