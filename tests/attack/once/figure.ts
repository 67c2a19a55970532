import { CRASH_POINTS } from "../../../workers/release/crash.ts";
import { processesOf } from "../../support/processes.ts";
import { openHouse } from "../../support/stage/house.ts";
import type { Stage } from "../../support/stage/stage.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { breakFunction, dropConstraint, onStage } from "../support/stages.ts";
import { killEverywhere, restartDatabases } from "./kills.ts";
import { restoreHub } from "./restore.ts";
import { rightStepB, type StepB, story } from "./story.ts";
import { type Watch, watch } from "./watch.ts";
import { derivesNoise, drawsAgain, drawsOnNothing } from "./wrong-steps.ts";

const KILLS_AT_EACH = 20;
/** Pairs of databases with a worker each, side by side. */
const LANES = 2;
const RESTART_ROUNDS = 4;

type House = Awaited<ReturnType<typeof openHouse>>;

/** Runs an attack on a watched stage, with a keyring and release workers of its own. */
function watched<T>(arena: Arena, work: (stage: Stage, house: House, seen: Watch) => Promise<T>) {
  return onStage(arena, async (stage) => {
    const seen = await watch(stage);
    const house = await openHouse({ log: "debug", onOutput: seen.onOutput });
    try {
      const result = await work(stage, house, seen);
      return { result, ...(await seen.judge()) };
    } finally {
      await house.close();
    }
  });
}

type Wrong = { readonly name: string; readonly stepB?: StepB; readonly put?: (stage: Stage) => Promise<unknown> };

const MUTANTS: readonly Wrong[] = [
  { name: "draws again where a draw stands", stepB: drawsAgain },
  { name: "derives the noise again at a restart", stepB: await derivesNoise() },
  { name: "draws on nothing where input and draw are gone", stepB: drawsOnNothing },
  {
    name: "a commit that replaces",
    put: ({ hub }) =>
      breakFunction(
        hub,
        "open.commit_slot(uuid,bigint[],integer[],boolean[])",
        "RAISE EXCEPTION 'another vector is committed for this slot' USING ERRCODE = 'MD001';",
        `DELETE FROM open.observation o WHERE o.plan = s.plan AND o.window_start = s.window_start;
         DELETE FROM open.release r WHERE r.slot = s.id;`,
      ),
  },
  {
    name: "debits without their key",
    put: async ({ hub }) => {
      await dropConstraint(hub, "ledger.debit", "debit_pkey");
      await breakFunction(hub, "ledger.take_debit()", "IF EXISTS (SELECT", "IF false AND EXISTS (SELECT");
    },
  },
];

async function run(arena: Arena): Promise<Finding> {
  const perLane = arena.size === "full" ? KILLS_AT_EACH / LANES : 1;
  const lanes = await Promise.all(
    Array.from({ length: LANES }, (_, lane) =>
      watched(arena, (stage, house) =>
        killEverywhere(stage, house, perLane, (round) =>
          arena.progress(`lane ${lane + 1}: round ${round} of ${perLane}`),
        ),
      ),
    ),
  );
  const restarted = await watched(arena, (stage, house) =>
    restartDatabases(stage, house, processesOf(arena.hub.home), RESTART_ROUNDS),
  );
  arena.progress(`${restarted.result} restarts of databases`);
  const restored = await watched(arena, restoreHub);
  arena.progress(`${restored.result.copied} slots copied again to a restored hub`);

  const control = await onStage(arena, (stage) => story(stage, rightStepB));
  const mutants: MutantOutcome[] = [];
  for (const { name, stepB, put } of MUTANTS) {
    const broken = await onStage(arena, async (stage) => {
      await put?.(stage);
      return story(stage, stepB);
    });
    arena.progress(`${name}: ${broken.join("; ")}`);
    mutants.push({ name, killed: broken.length > 0 });
  }
  const parts = [...lanes, restarted, restored];
  const broken = [...parts.flatMap((part) => part.broken), ...restored.result.broken];
  const kills = lanes.reduce((sum, lane) => sum + lane.result, 0);
  const slots = parts.reduce((sum, part) => sum + part.slots, 0);
  return {
    value: [
      `${slots} slots, ${kills} kills at ${CRASH_POINTS.length} points, ${restarted.result} restarts`,
      `${restored.result.copied} copied again, ${restored.result.abandoned} given up after a restore`,
      broken.length === 0 ? "one debit and one vector each" : broken.join("; "),
    ].join("; "),
    pass: broken.length === 0 && restored.result.copied > 0 && restored.result.abandoned > 0,
    controls: [{ name: "the story of the mutants holds for the project's own steps", held: control.length === 0 }],
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "once",
    title: "kill −9 at every named crash point of P2 (× 20 each), both databases' restarts, a hub restored from backup",
    target: "per slot one debit and one value vector ever seen",
    rules: ["P1", "P2"],
    needs: "hub",
    // The same at each point once: tests/e2e/release/crash.test.ts.
    fast: false,
    run,
  },
];
