import type { Stage } from "../../support/stage/stage.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { breakFunction, dropConstraint, onStage, type Undo } from "../support/stages.ts";
import { allowed, attempts, type Ground, isRefused, prepare } from "./attempts.ts";

type Fault = { readonly name: string; readonly put: (stage: Stage) => Promise<Undo> };

const without = (name: string): Fault => ({
  name: `no CHECK ${name}`,
  put: ({ hub }) => dropConstraint(hub, "hub.plan", name),
});
const noTrigger = (table: string, name: string): Fault => ({
  name: `no trigger ${name} on ${table}`,
  put: async ({ hub }) => {
    await hub.query(`ALTER TABLE ${table} DISABLE TRIGGER ${name}`);
    return async () => void (await hub.query(`ALTER TABLE ${table} ENABLE TRIGGER ${name}`));
  },
});

const FAULTS: readonly Fault[] = [
  without("plan_scale"),
  without("plan_numbers"),
  without("plan_sparse"),
  without("plan_step"),
  without("plan_dayparts"),
  without("plan_bins"),
  noTrigger("hub.plan", "plans_fit"),
  noTrigger("hub.plan", "plan_is_fixed"),
  noTrigger("hub.partition", "plan_is_fixed"),
  {
    name: "plans are counted one by one",
    put: ({ hub }) => breakFunction(hub, "ledger.plans_fit()", "sum(epsilon_micro)", "max(epsilon_micro)"),
  },
];

/** The attempts that succeed. */
async function opened(ground: Ground): Promise<string[]> {
  const found: string[] = [];
  for (const attempt of attempts(ground)) if (!(await isRefused(ground.pool, attempt))) found.push(attempt.what);
  return found;
}

function run(arena: Arena): Promise<Finding> {
  return onStage(arena, async (stage) => {
    const ground = await prepare(stage);
    const found = await opened(ground);
    const mutants: MutantOutcome[] = [];
    for (const { name, put } of FAULTS) {
      const undo = await put(stage);
      mutants.push({ name, killed: (await opened(ground)).length > found.length });
      await undo();
    }
    const tried = attempts(ground).length;
    return {
      value: `${tried - found.length} of ${tried} refused${found.length > 0 ? `; not: ${found.join("; ")}` : ""}`,
      pass: found.length === 0,
      controls: [{ name: "a right plan is taken", held: !(await isRefused(ground.pool, allowed(ground))) }],
      mutants,
    };
  });
}

export const figures: readonly Figure[] = [
  {
    name: "plan-rules",
    title: "plans that break a rule, and changes of a plan in use, tried with every right on the catalogue",
    target: "all refused by the database",
    rules: ["P1", "P3", "P4", "P5", "P7"],
    needs: "hub",
    fast: true,
    run,
  },
];
