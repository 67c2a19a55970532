import { judgeReadings } from "../../../workers/ingest/judge.ts";
import { DAY, FEED, vehicleDay } from "../fifth-point/traces.ts";
import { predictedArea } from "../membership/attack.ts";
import { plansOfCity, rowsOf, sceneOf } from "../support/city-day.ts";
import type { Arena, Figure, Finding } from "../support/figure.ts";
import { plansOf, scaleOf } from "../support/plans.ts";
import { noiseFor } from "../support/randomness.ts";
import { audit, differencing, fifthPoint, membership, rowSets, type Target } from "./attacks.ts";
import { dataDependent, ours, type Practice, suppression } from "./practices.ts";

/** What an attack got out of each practice, and from where on it has won. */
type Outcome = {
  readonly attack: string;
  readonly unit: string;
  readonly digits: number;
  /** how far it gets against noise that is as the plan says; more is a win */
  readonly allowed: number;
  readonly got: readonly number[];
};

const ALPHA = 0.001;

async function run({ size, progress }: Arena): Promise<Finding> {
  const full = size === "full";
  const random = noiseFor(size, "practices");
  const [published] = plansOf(FEED);
  const { city, readings } = vehicleDay("practices");
  const plan = plansOfCity(city.config, FEED).find(({ config }) => config.statistic === "PASSAGES");
  if (plan === undefined || published === undefined) throw new Error("the sample city has no plan for vehicles");
  const rows = rowsOf(judgeReadings(readings, sceneOf(city.config, FEED, DAY)), DAY).filter(
    (row) => row.plan === plan.number,
  );
  const cells = plan.partitions.map(({ cell }) => cell);
  const epsilon = published.microEpsilon / 1e6;
  const { n, d } = scaleOf(published);
  const advantage = Math.tanh(d / (2 * n));
  const practices: readonly Practice[] = [ours(plan), suppression, dataDependent(epsilon)];

  const units = [...Map.groupBy(rows, ({ pseudonym }) => pseudonym)].map(
    ([pseudonym, points]): Target => ({ pseudonym, points }),
  );
  const busy = units.filter(({ points }) => points.length > published.bound);
  const [target] = busy;
  if (target === undefined) throw new Error("nobody is seen more than L times");
  // Few units: somebody is often alone, or one of three.
  const few = new Set(units.slice(0, 100).map(({ pseudonym }) => pseudonym));
  const sparseDay = rows.filter(({ pseudonym }) => few.has(pseudonym));
  const fewUnits = units.slice(0, full ? 100 : 25);

  const measure = (
    attack: string,
    unit: string,
    digits: number,
    allowed: number,
    of: (practice: Practice) => number,
  ) => {
    progress(attack);
    return { attack, unit, digits, allowed, got: practices.map(of) } satisfies Outcome;
  };
  const outcomes: readonly Outcome[] = [
    measure("audit of one window", "ε ≥", 2, epsilon, (practice) =>
      audit(practice, full ? 200_000 : 20_000, ALPHA, random),
    ),
    measure("membership, one day", "AUC", 3, predictedArea([published], 1) + 0.02, (practice) =>
      membership(practice, cells, rows, target, full ? 30_000 : 10_000, random),
    ),
    measure("fifth point from four", "advantage", 3, advantage + 0.02, (practice) =>
      fifthPoint(practice, cells, rows, busy, full ? 40_000 : 20_000, random),
    ),
    measure(`row set, ${fewUnits.length} neighbouring days`, "differ", 0, 0, (practice) =>
      rowSets(practice, cells, sparseDay, fewUnits, random),
    ),
    measure("differencing of areas", "exact", 3, advantage + 0.02, (practice) =>
      differencing(practice, cells, sparseDay, { cells: 2_000, times: full ? 400 : 100 }, random),
    ),
  ];
  return {
    // Read again by report.ts: attacks between bars, practices between semicolons.
    value: outcomes
      .map(({ attack, unit, digits, allowed, got }) => {
        const words = got.map(
          (value, index) =>
            `${practices[index]?.name} ${unit} ${value.toFixed(digits)} ${value <= allowed ? "holds" : "fails"}`,
        );
        return `${attack} (allowed ${allowed.toFixed(digits)}): ${words.join("; ")}`;
      })
      .join(" | "),
    pass: outcomes.every(({ got, allowed }) => (got[0] ?? Number.POSITIVE_INFINITY) <= allowed),
    controls: [],
    mutants: outcomes.flatMap(({ attack, got, allowed }) =>
      practices
        .slice(1)
        .map(({ name }, index) => ({ name: `${name}: ${attack}`, killed: (got[index + 1] ?? 0) > allowed })),
    ),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "practices",
    title:
      "the same attacks on two common practices: k = 3 suppression of exact counts, Laplace noise with sensitivity taken from the data",
    target: "both fail; ours holds",
    rules: ["P3", "P4", "P5", "P6"],
    needs: "nothing",
    fast: true,
    run,
  },
];
