import { tail } from "../../../core/privacy/laplace.ts";
import { laplace, type Mechanism } from "../../../core/privacy/mechanism.ts";
import { type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";
import { ONE_IN_A_MILLION } from "../../../core/testing/statistics.ts";
import { drawSparse } from "../../../workers/release/vector.ts";
import type { Vector } from "../support/faults.ts";
import type { Arena, Figure, Finding } from "../support/figure.ts";
import { lossOfBets, powerOfBets, shareOf } from "../support/loss.ts";
import { publicPlans, scaleOf } from "../support/plans.ts";
import { noiseFor } from "../support/randomness.ts";
import { betOnPresence, type Draw, lawDistance, type PresenceBets } from "./audit.ts";

/** For the three kinds of bets together. */
const ALPHA = 0.001;

const VECTOR = new URL("../../../workers/release/vector.ts", import.meta.url);
const SPARSE = new URL("../../../core/privacy/sparse.ts", import.meta.url);

type Fault = Mutant & { readonly in: "vector" | "sparse" };

const LAW_FAULTS: readonly Fault[] = [
  {
    in: "sparse",
    name: "fresh geometric without the tail",
    from: "threshold + geometric(scale, random)",
    to: "geometric(scale, random)",
  },
  {
    in: "sparse",
    name: "threshold before noise",
    from: "if (value >= threshold) shown",
    to: "if (count >= threshold) shown",
  },
  {
    in: "sparse",
    name: "only true pairs are ever shown",
    from: "const empty = domain - occupied.size;",
    to: "const empty = 0;",
  },
];

const PRESENCE_FAULTS: readonly (Fault & { readonly shows: keyof PresenceBets })[] = [
  {
    in: "vector",
    name: "survivors drawn only among non-empty neighbours",
    from: "const position = new Map(",
    to: `places = places.filter((place) => [...counts].some(([cell, count]) =>
      count > 0 && (Math.floor(cell / PAIR) === place || cell % PAIR === place)));
  const position = new Map(`,
    shows: "dead",
  },
  {
    in: "sparse",
    name: "threshold before noise",
    from: "if (value >= threshold) shown",
    to: "if (count >= threshold) shown",
    shows: "edge",
  },
  {
    in: "sparse",
    name: "only true pairs are ever shown",
    from: "const empty = domain - occupied.size;",
    to: "const empty = 0;",
    shows: "lone",
  },
  {
    in: "sparse",
    name: "half the noise",
    from: "sampleLaplace(scale, random)",
    to: "sampleLaplace({ n: scale.n, d: 2 * scale.d }, random)",
    shows: "edge",
  },
];

async function faulty(fault: Fault): Promise<Draw> {
  if (fault.in === "vector") return (await mutate<Vector>(VECTOR, fault)).drawSparse;
  const sparse = await mutate(SPARSE, fault);
  return (await relink<Vector>(VECTOR, { "../../core/privacy/sparse.ts": sparse })).drawSparse;
}

/** The origin–destination plan of the sample cities. */
function sparsePlan(): { mechanism: Mechanism; threshold: number; epsilon: number } {
  const plan = publicPlans().find(({ threshold }) => threshold !== null);
  if (plan === undefined) throw new Error("no sample city has an origin–destination plan");
  const { n, d } = scaleOf(plan);
  return { mechanism: laplace(n, d), threshold: plan.threshold ?? 0, epsilon: plan.microEpsilon / 1e6 };
}

async function runLaw({ size }: Arena): Promise<Finding> {
  const rounds = size === "full" ? 100_000 : 10_000;
  const random = noiseFor(size, "sparse law");
  const { mechanism, threshold } = sparsePlan();
  const thresholds = [3, threshold];
  const distances = thresholds.map((least) => lawDistance(drawSparse, mechanism, least, rounds, random));
  const mutants = [];
  for (const fault of LAW_FAULTS) {
    const distance = lawDistance(await faulty(fault), mechanism, 3, Math.min(rounds, 30_000), random);
    mutants.push({ name: fault.name, killed: distance >= ONE_IN_A_MILLION });
  }
  return {
    value: `z of χ² ${distances.map((z, index) => `${z.toFixed(2)} at threshold ${thresholds[index]}`).join(", ")}`,
    pass: distances.every((z) => z < ONE_IN_A_MILLION),
    controls: [],
    mutants,
  };
}

async function runPresence({ size, progress }: Arena): Promise<Finding> {
  const releases = size === "full" ? 5_000 : 1_500;
  const random = noiseFor(size, "sparse presence");
  const { mechanism, threshold, epsilon } = sparsePlan();
  const alpha = ALPHA / 3;
  const lossOf = ({ right, bets }: { right: number; bets: number }): number => lossOfBets(right, bets, alpha);
  const real = betOnPresence(drawSparse, mechanism, threshold, releases, random);
  progress(`${releases} releases`);
  const mutants = [];
  for (const { shows, ...fault } of PRESENCE_FAULTS) {
    const bets = betOnPresence(await faulty(fault), mechanism, threshold, releases, random)[shows];
    mutants.push({ name: fault.name, killed: lossOf(bets) > epsilon });
  }
  const kinds = { lone: "alone in its pair", dead: "alone at its stations", edge: "at the threshold" } as const;
  const rows = (Object.keys(kinds) as (keyof PresenceBets)[]).map((kind) => ({
    kind,
    text: `${kinds[kind]} ${lossOf(real[kind]).toFixed(3)} (${real[kind].bets} bets)`,
    loss: lossOf(real[kind]),
  }));
  const survival = mechanism.law === "LAPLACE" ? tail(threshold, mechanism.scale) : 0;
  return {
    value: `${rows.map(({ text }) => text).join(", ")} of ${epsilon}`,
    pass: rows.every(({ loss }) => loss <= epsilon),
    controls: [
      { name: "at the threshold the audit finds nearly the whole loss", held: lossOf(real.edge) > 0.9 * epsilon },
      {
        name: "lone pairs are shown as often as the law says",
        held: Math.abs(real.lone.bets / ((releases * 300 * survival * (1 + Math.exp(epsilon))) / 2) - 1) < 0.2,
      },
    ],
    mutants,
    power: powerOfBets(real.edge.bets, shareOf(epsilon / 0.9), epsilon, alpha),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "sparse-law",
    title: "sparse releases (origin–destination) against noise on every pair, cut at the threshold: two samples, χ²",
    target: "p > 1e-6",
    rules: ["P4", "P5"],
    needs: "nothing",
    fast: true,
    run: runLaw,
  },
  {
    name: "sparse-presence",
    title: "ε audit of whether a pair is shown (origin–destination), 99.9 % Clopper–Pearson",
    target: "lower bound ≤ ε; survivors among non-empty neighbours, threshold before noise, half the noise exceed it",
    rules: ["P4", "P5"],
    needs: "nothing",
    fast: true,
    run: runPresence,
  },
];
