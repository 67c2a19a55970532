import type { Scene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { type Crowd, gather } from "../support/crowd.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { breakFunction, dropConstraint, onStage, type Undo } from "../support/stages.ts";
import {
  abandonAndRetry,
  capRoom,
  crowdedPopulation,
  debitMonths,
  debitOne,
  EACH,
  type Numbers,
  releaseAll,
  spent,
  type Tried,
  underpaidMonth,
} from "./attempts.ts";

const FULL: Numbers = { releases: 200, room: 50 };
const FEW: Numbers = { releases: 40, room: 10 };

/** A crowd before two populations, one of hours and one of months. */
type Battle = Numbers & { stage: Stage; crowd: Crowd; hourly: Scene; monthly: Scene };
type Seen = { committed: number; broken: string[] };

/** Gathers a crowd on a pair of throw-away databases; each round of its attack has days of its own. */
function onBattle<T>(arena: Arena, numbers: Numbers, work: (attack: () => Promise<Seen>, stage: Stage) => Promise<T>) {
  return onStage(arena, async (stage) => {
    const hourly = await crowdedPopulation(stage, numbers, "PT1H");
    const monthly = await crowdedPopulation(stage, numbers, "P1M");
    const crowd = await gather(stage, "hub", "madang_release", numbers.releases);
    let round = 0;
    try {
      return await work(() => attack({ ...numbers, stage, crowd, hourly, monthly }, round++), stage);
    } finally {
      await crowd.close();
    }
  });
}

/** Everything that is tried in one round, and each rule that was found broken. */
async function attack({ stage, crowd, hourly, monthly, releases, room }: Battle, round: number): Promise<Seen> {
  const year = 2001 + round;
  const broken: string[] = [];
  const look = (what: string, { committed, faults }: Tried, wanted: number): void => {
    if (committed !== wanted) broken.push(`${what}: ${committed} instead of ${wanted}`);
    if (faults.length > 0) broken.push(`${what}: refused with ${faults.join(", ")}`);
  };
  const paid = async (what: string, scene: Scene, day: string, debits: number): Promise<void> => {
    const micro = await spent(stage, scene, day);
    if (micro !== debits * EACH) broken.push(`${what}: spent ${micro} instead of ${debits * EACH}`);
  };

  const race = await releaseAll(crowd, hourly, `${year}-01-05`);
  look("releases", race, room);
  await paid("releases", hourly, `${year}-01-05`, room);
  look("one debit for all", await debitOne(stage, crowd, hourly, `${year}-01-06`), releases);
  await paid("one debit for all", hourly, `${year}-01-06`, 2);
  look("after abandoning", await abandonAndRetry(stage, crowd, hourly, `${year}-01-07`), 0);
  await paid("after abandoning", hourly, `${year}-01-07`, room);

  const narrow = room / 2;
  const months = await debitMonths(stage, crowd, monthly, `${year}-02-17`, narrow);
  look("months", months, narrow);
  for (const day of months.days) await paid(`months on ${day}`, monthly, day, narrow);
  if (await underpaidMonth(crowd, monthly, `${year}-03-01`)) broken.push("a month on the debit of one day");
  return { committed: race.committed, broken };
}

type Fault = { readonly name: string; readonly put: (stage: Stage) => Promise<Undo> };

const DAY_ROW = "ledger.population_day";
const NO_RESERVE = "no CHECK on the reserve";
const inFunction = (name: string, from: string, to: string) => (stage: Stage) =>
  breakFunction(stage.hub, name, from, to);

const MUTANTS: readonly Fault[] = [
  { name: NO_RESERVE, put: ({ hub }) => dropConstraint(hub, DAY_ROW, "plans_leave_the_reserve") },
  {
    name: "no CHECK on reserve and cap",
    put: async ({ hub }) => {
      const undo = await dropConstraint(hub, DAY_ROW, "plans_leave_the_reserve");
      const undoToo = await dropConstraint(hub, DAY_ROW, "budget_not_overspent");
      return async () => {
        await undo();
        await undoToo();
      };
    },
  },
  {
    // Its INSERT … ON CONFLICT waits, too, for whoever changes the row: that goes with it.
    name: "no FOR UPDATE on the day's row",
    put: async (stage) => {
      const undo = await inFunction("ledger.take_debit()", "AND day = NEW.day FOR UPDATE", "AND day = NEW.day")(stage);
      await inFunction(
        "ledger.take_debit()",
        "WHERE p.number = NEW.population\n",
        `WHERE p.number = NEW.population
            AND NOT EXISTS (SELECT FROM ledger.population_day d WHERE d.population = p.number AND d.day = NEW.day)\n`,
      )(stage);
      return undo;
    },
  },
  {
    name: "the amount is what the caller says",
    put: inFunction(
      "ledger.take_debit()",
      "p.epsilon_micro, p.nano_rho",
      "coalesce(NEW.epsilon_micro, p.epsilon_micro), coalesce(NEW.nano_rho, p.nano_rho)",
    ),
  },
  {
    name: "the debit of an abandoned slot is given back",
    put: inFunction(
      "open.abandon_slot(uuid)",
      "UPDATE ledger.slot SET state = 'ABANDONED'",
      `UPDATE ledger.population_day d SET spent_micro = spent_micro - p.epsilon_micro
         FROM ledger.slot_debit sd WHERE sd.slot = s.id AND d.population = p.population_number AND d.day = sd.day;
       UPDATE ledger.slot SET state = 'ABANDONED'`,
    ),
  },
  {
    name: "a slot may stand on fewer debits than days",
    put: inFunction("ledger.check_debits()", "<> NEW.last_day - NEW.first_day + 1", "< 1"),
  },
  {
    // The last: what it leaves behind breaks the key for good.
    name: "no key and no look for the debit that stands",
    put: async ({ hub }) => {
      await dropConstraint(hub, "ledger.debit", "debit_pkey");
      return breakFunction(hub, "ledger.take_debit()", "IF EXISTS (SELECT", "IF false AND EXISTS (SELECT");
    },
  },
];

async function run(arena: Arena): Promise<Finding> {
  const numbers = arena.size === "full" ? FULL : FEW;
  const { committed, broken } = await onBattle(arena, numbers, (attack) => attack());
  arena.progress(`${committed} committed`);
  let byCapAlone = Number.NaN;
  const mutants = await onBattle(arena, FEW, async (attack, stage) => {
    const outcomes: MutantOutcome[] = [];
    for (const { name, put } of MUTANTS) {
      const undo = await put(stage);
      const seen = await attack();
      await undo();
      outcomes.push({ name, killed: seen.broken.length > 0 });
      if (name === NO_RESERVE) byCapAlone = seen.committed;
    }
    return outcomes;
  });
  return {
    value: `${committed} of ${numbers.releases} committed${broken.map((text) => `; ${text}`).join("")}`,
    pass: committed === numbers.room && broken.length === 0,
    controls: [{ name: "the cap refuses, too, at its own limit", held: byCapAlone === capRoom(FEW) }],
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "budget",
    title: "budget: 200 concurrent releases against room for 50",
    target: "exactly 50 commit",
    rules: ["P1", "P2"],
    needs: "hub",
    fast: true,
    run,
  },
];
