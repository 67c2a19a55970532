import type * as crowdLevel from "../../../core/crowd/level.ts";
import { type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";
import type * as levels from "../../../schema/crowd/levels.ts";
import { follow } from "../../../schema/crowd/levels.ts";
import type { Arena, Figure, Finding, MutantOutcome, Size } from "../support/figure.ts";
import { noiseFor } from "../support/randomness.ts";
import { onStage } from "../support/stages.ts";
import { AREA, type Bound, countsOf, drops, levelsOf, occupancyPlan, PEOPLE, released, WINDOWS } from "./crowd.ts";
import { levelsOfStage } from "./stage.ts";

/** Noisy runs of the four hours, for each time of day. */
const RUNS: Readonly<Record<Size, number>> = { full: 500, fast: 100 };
/** An evening, and a crowd that stays over midnight. */
const FIRST_HOURS: Readonly<Record<Size, readonly number[]>> = { full: [18, 22], fast: [18] };

type View = typeof follow;
const file = (path: string): URL => new URL(`../../../${path}`, import.meta.url);

/** How many of the runs lost a level, and the lowest density that was released. */
function tries(size: Size, counts: readonly number[], view: View, runs: number, seed: string) {
  const { mechanism, thresholds } = occupancyPlan();
  const random = noiseFor(size, `static-crowd ${seed}`);
  let lost = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const values = released(counts, mechanism, random);
    lowest = Math.min(lowest, Math.min(...values) / AREA);
    if (drops(levelsOf(values, thresholds, view))) lost += 1;
  }
  return { lost, lowest };
}

/** Splits and bounds that must not be, with the right noise and view. */
const BOUNDS: readonly (Bound & { name: string })[] = [
  { name: "L of 12 instead of 24", limits: [12], hours: [] },
  { name: "L split over dayparts", limits: [4, 8, 12], hours: [0, 9, 17] },
];
const VIEWS: readonly Mutant[] = [
  {
    name: "no hysteresis",
    from: "if (LEVELS.indexOf(now) >= LEVELS.indexOf(state.level)) return",
    to: "if (state !== null) return",
  },
  {
    name: "no margin of 0.3",
    from: "const letsGo = personsPerM2 <= threshold(state.level, thresholds) - thresholds.release;",
    to: "const letsGo = personsPerM2 <= threshold(state.level, thresholds);",
  },
];

async function viewWith(fault: Mutant): Promise<View> {
  const faulty = await mutate<typeof crowdLevel>(file("core/crowd/level.ts"), fault);
  const view = await relink<typeof levels>(file("schema/crowd/levels.ts"), { "../../core/crowd/level.ts": faulty });
  return view.follow;
}

async function run(arena: Arena): Promise<Finding> {
  const { size } = arena;
  const { bound } = occupancyPlan();
  const right: Bound = { limits: [bound], hours: [] };
  const attempts = FIRST_HOURS[size].map((hour) => tries(size, countsOf(right, hour), follow, RUNS[size], `${hour}`));
  const lost = attempts.reduce((sum, one) => sum + one.lost, 0);
  const lowest = Math.min(...attempts.map((one) => one.lowest));
  const evening = countsOf(right, 18);
  const mutants: MutantOutcome[] = BOUNDS.map(({ name, ...wrong }) => {
    return { name, killed: tries(size, countsOf(wrong, 18), follow, 20, name).lost > 0 };
  });
  for (const fault of VIEWS) {
    const view = await viewWith(fault);
    mutants.push({ name: fault.name, killed: tries(size, evening, view, 20, fault.name).lost > 0 });
  }
  const leaving = evening.map((count, at) => (at < WINDOWS / 2 ? count : Math.floor(count / 2)));
  const controls = [
    {
      name: "half of the crowd leaves: the level drops",
      held: tries(size, leaving, follow, 20, "leaving").lost === 20,
    },
  ];
  let stored = "";
  let pass = lost === 0;
  if (size === "full") {
    arena.progress("the crowd goes through the databases");
    const through = await onStage(arena, async (stage) => [
      await levelsOfStage(stage, bound),
      await levelsOfStage(stage, bound / 2),
    ]);
    const [held = [], halved = []] = through;
    pass &&= held.length === WINDOWS && !drops(held) && held.every((level) => level !== null);
    mutants.push({ name: "L of 12 in the database", killed: drops(halved) });
    stored = `; once through both databases: ${drops(held) ? "dropped" : "held"}`;
  }
  return {
    value: `${lost} of ${RUNS[size] * FIRST_HOURS[size].length} runs of ${WINDOWS} windows lost a level (${PEOPLE} people on ${AREA} m², lowest released density ${lowest.toFixed(2)})${stored}`,
    pass,
    controls,
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "static-crowd",
    title: "a static crowd of four hours at 6 persons/m²",
    target: "the released level never drops",
    rules: ["P3", "P5"],
    needs: "hub",
    fast: true,
    run,
  },
];
