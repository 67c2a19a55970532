import { readFileSync } from "node:fs";
import { mutate } from "../../../core/testing/mutant.ts";
import { createPool } from "../../../runtime/postgres.ts";
import { freeze } from "../../../workers/release/freeze.ts";
import { openContext } from "../../support/stage/context.ts";
import { addScene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import type { Arena, Figure, Finding } from "../support/figure.ts";
import { dropConstraint, onStage } from "../support/stages.ts";
import { CELLS } from "./crowded-day.ts";
import { type Freeze, type Ring, type Run, race, WORKERS } from "./race.ts";

const RUNS = { full: 200, fast: 10 } as const;
const RUNS_OF_A_MUTANT = 5;

const RELEASE = "../../../workers/release/";
const FREEZE = new URL(`${RELEASE}freeze.ts`, import.meta.url);
type Module = { freeze: Freeze };
/** So many days, raced one after the other with a step B. */
type Races = (step: Freeze, runs?: number) => Promise<Run[]>;
const faulty = async (name: string, from: string, to: string): Promise<Freeze> =>
  (await mutate<Module>(FREEZE, { name, from, to })).freeze;

const sql = (file: string): string => readFileSync(new URL(`${RELEASE}${file}`, import.meta.url), "utf8");
const withSql = (name: string, constant: string, file: string, from: string, to: string): Promise<Freeze> => {
  const text = sql(file);
  if (text.split(from).length !== 2) throw new Error(`"${from}" is not once in ${file}`);
  const statement = `const ${constant} = ${JSON.stringify({ text: text.replace(from, () => to) })};`;
  return faulty(name, `const ${constant} = statement(new URL("./${file}", import.meta.url));`, statement);
};

const UNLOCKED = () => withSql("no lock", "LOCK", "lock-day.sql", " FOR UPDATE", "");
const BY_FREEZE = () =>
  withSql("by freeze", "BOUND", "bound.sql", "WHERE b.day = $1::date AND", "WHERE false AND b.day = $1::date AND");

type Outcome = Pick<Finding, "controls" | "mutants"> & { readonly seen: readonly Run[] };

const goesBeyond = (runs: readonly Run[]): boolean => runs.some(({ most }) => most > 1);
const isBroken = (runs: readonly Run[]): boolean => runs.some(({ broken }) => broken.length > 0);

/** The measured runs; then, with the keys in place, faults of the freeze. */
async function withKeys(races: Races, runs: number): Promise<Outcome> {
  const seen = await races(freeze, runs);
  return {
    seen,
    controls: [{ name: "the keys alone hold, without the lock", held: !goesBeyond(await races(await UNLOCKED())) }],
    mutants: [{ name: "L a freeze instead of a day", killed: isBroken(await races(await BY_FREEZE())) }],
  };
}

/** The same without the keys, one after the other. */
async function withoutKeys(races: Races, { edge }: Stage): Promise<Omit<Outcome, "seen">> {
  for (const name of ["within_bound", "slot_once", "cell_once"]) await dropConstraint(edge, "edge.bounded", name);
  const controls = [{ name: "the lock alone holds, without the keys", held: !isBroken(await races(freeze)) }];
  const mutants = [
    { name: "no unique keys, slots by arrival without a lock", killed: goesBeyond(await races(await UNLOCKED())) },
    { name: "no unique keys, L a freeze instead of a day", killed: goesBeyond(await races(await BY_FREEZE())) },
  ];
  await dropConstraint(edge, "edge.contribution", "contribution_once");
  mutants.push({ name: "no unique keys on contributions and cells", killed: isBroken(await races(freeze)) });
  return { controls, mutants };
}

/** A pair of throw-away databases with a connection for each of the workers. */
function inRing<T>(arena: Arena, work: (races: Races, stage: Stage) => Promise<T>): Promise<T> {
  return onStage(arena, async (stage) => {
    const plan = { statistic: "OCCUPANCY", step: "PT10M", bound: 6, microEpsilon: 600_000, cells: CELLS };
    const scene = await addScene(stage, { plans: [plan] });
    const release = openContext(stage.addresses("madang_release"));
    const ingest = createPool(stage.addresses("madang_ingest").edge, { name: "crowd", max: WORKERS });
    try {
      const population = await release.catalogue.population(scene.population, 0);
      if (population === null) throw new Error("the scene has a population");
      const ring: Ring = { stage, ingest, release, population };
      let next = 0;
      const races: Races = async (step, runs = RUNS_OF_A_MUTANT) => {
        const seen: Run[] = [];
        for (let run = 0; run < runs; run++) seen.push(await race(ring, step, next++));
        return seen;
      };
      return await work(races, stage);
    } finally {
      await Promise.all([release.close(), ingest.end()]);
    }
  });
}

async function run(arena: Arena): Promise<Finding> {
  const runs = RUNS[arena.size];
  const keyed = await inRing(arena, (races) => withKeys(races, runs));
  arena.progress(`${runs} runs`);
  const bare = await inRing(arena, withoutKeys);
  const sum = (of: (run: Run) => number): number => keyed.seen.reduce((total, one) => total + of(one), 0);
  const most = Math.max(...keyed.seen.map((one) => one.most));
  const broken = [...new Set(keyed.seen.flatMap((one) => one.broken))];
  const cut = sum((one) => one.cut);
  const cuts = `${cut} of ${sum((one) => one.units)} units were cut`;
  return {
    value: [`at most ${most.toFixed(2)} L in ${runs} runs`, cuts, ...broken].join("; "),
    pass: most <= 1 && broken.length === 0,
    controls: [{ name: "units come more often than L", held: cut > 0 }, ...keyed.controls, ...bare.controls],
    mutants: [...keyed.mutants, ...bare.mutants],
  };
}

export const figures: readonly Figure[] = [
  {
    name: "bound",
    title: "contributions accepted per unit under 64 racing workers, 30 % duplicates, 200 runs",
    target: "≤ L",
    rules: ["P3"],
    needs: "hub",
    fast: true,
    run,
  },
];
