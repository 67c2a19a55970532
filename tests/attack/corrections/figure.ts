import { openContext } from "../../support/stage/context.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { gather } from "../support/crowd.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { dropConstraint, onStage, type Undo } from "../support/stages.ts";
import { bothVersions, correctedDay, floodLate, seen } from "./late.ts";
import { declareAtOnce } from "./race.ts";
import { attempt, dropTrigger, type Target, TRIES, type Try } from "./tries.ts";

const ATTEMPTS = 50;
const DAY_ROW = "ledger.population_day";

type Context = ReturnType<typeof openContext>;

const tryOnce = ({ on, act }: Try, target: Target, context: Context) =>
  attempt(on(target, context), (db) => act(db, target));

/** Each try once more, on a database without what forbids it: then it must be accepted. */
async function withoutGuards(target: Target, context: Context): Promise<MutantOutcome[]> {
  const outcomes: MutantOutcome[] = [];
  for (const one of TRIES) {
    const undo: Undo[] = [];
    for (const fault of one.faults) undo.push(await fault(target.stage));
    const code = await tryOnce(one, target, context);
    for (const back of undo.reverse()) await back();
    outcomes.push({ name: `nothing forbids ${one.name}`, killed: code === null });
  }
  return outcomes;
}

async function raceWithout(
  stage: Stage,
  target: Target,
  size: number,
  constraints: readonly string[],
): Promise<MutantOutcome> {
  const undo: Undo[] = [];
  for (const name of constraints) undo.push(await dropConstraint(stage.hub, DAY_ROW, name));
  const { broken } = await race(stage, target, size);
  for (const back of undo) await back();
  return { name: `no CHECK ${constraints.join(", ")}`, killed: broken.length > 0 };
}

async function race(stage: Stage, target: Target, size: number) {
  const { rows } = await stage.hub.query<{ owner: string }>("SELECT current_user AS owner");
  const crowd = await gather(stage, "hub", rows[0]?.owner ?? "", size);
  try {
    return await declareAtOnce(crowd, target);
  } finally {
    await crowd.close();
  }
}

/** A day that is opened again after it was sealed: then late rows start a release, and the attacker sees it. */
async function reopened(target: Target, context: Context, before: string): Promise<MutantOutcome> {
  const { edge } = target.stage;
  await dropTrigger(edge, "edge.population_day", "stays_sealed");
  await edge.query("DELETE FROM edge.day_report WHERE day = $1", [target.day]);
  await edge.query(
    "UPDATE edge.population_day SET state = 'OPEN', sealed_at = NULL, key_destroyed_at = NULL WHERE population = $1 AND day = $2",
    [target.scene.population, target.day],
  );
  await floodLate(target, context);
  return { name: "a sealed day that is opened again", killed: (await seen(target)) !== before };
}

function run(arena: Arena): Promise<Finding> {
  return onStage(arena, async (stage) => {
    const context = openContext(stage.addresses("madang_release"));
    try {
      const target = await correctedDay(stage, context);
      const before = await seen(target);
      const { first, second } = await bothVersions(target);
      const opened: string[] = [];
      for (const one of TRIES) {
        const code = await tryOnce(one, target, context);
        if (code !== one.code) opened.push(`${one.name}: ${code ?? "accepted"}`);
      }
      const mutants = await withoutGuards(target, context);
      await floodLate(target, context);
      const unchanged = (await seen(target)) === before;
      mutants.push(await reopened(target, context, before));
      const { corrected, spent, broken } = await race(stage, target, ATTEMPTS);
      arena.progress(`${corrected} of ${ATTEMPTS} corrected`);
      // The reserve is empty: what the CHECKs let through without them is more than nothing.
      mutants.push(await raceWithout(stage, target, ATTEMPTS, ["corrections_within_reserve"]));
      mutants.push(await raceWithout(stage, target, ATTEMPTS, ["corrections_within_reserve", "budget_not_overspent"]));
      return {
        value: `${unchanged ? "nothing" : "something"} released changed; ${TRIES.length - opened.length} of ${TRIES.length} forbidden acts refused; ${corrected} of ${ATTEMPTS} at once corrected, ${spent / 1e6} of 2 spent${[...opened, ...broken].map((text) => `; ${text}`).join("")}`,
        pass: unchanged && opened.length === 0 && broken.length === 0,
        controls: [
          { name: "rows that came late within the lateness are in the correction alone", held: second - first > 1_000 },
        ],
        mutants,
      };
    } finally {
      await context.close();
    }
  });
}

export const figures: readonly Figure[] = [
  {
    name: "corrections",
    title: "corrections: late data after sealing, corrections without an outage, 50 declarations at once",
    target: "nothing released changes; all refused; never more than the reserve",
    rules: ["P1", "P2", "P8"],
    needs: "hub",
    fast: true,
    run,
  },
];
