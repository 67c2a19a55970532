import { planNumbers } from "../../../prisma/plan-numbers.ts";
import { number } from "../../support/stage/look.ts";
import { HOURLY } from "../../support/stage/outage.ts";
import type { Stage } from "../../support/stage/stage.ts";
import type { Crowd } from "../support/crowd.ts";
import type { Target } from "./tries.ts";

/** Of each attempt, in micro-ε. */
const EACH = 20_000;
const CAP = 2_000_000;
const RESERVE = 400_000;

export type Race = { readonly corrected: number; readonly spent: number; readonly broken: string[] };

/**
 * Everybody declares at once, as the operator may, and wants a correction of the same day, of which the plans are debited.
 * Each is either debited or an annotation.
 */
export async function declareAtOnce(crowd: Crowd, target: Target): Promise<Race> {
  const { stage, plan, day, dataset, outage, scene } = target;
  const numbers = planNumbers(dataset, { bound: HOURLY.bound, epsilonMicro: EACH });
  const own = JSON.stringify({
    epsilon_micro: EACH,
    nano_rho: numbers.nanoRho,
    scale_numerator: numbers.scaleNumerator,
    scale_denominator: numbers.scaleDenominator,
    half_width_95: numbers.halfWidth95,
  });
  const before = await spentOf(stage, scene.population, day);
  const faults = await crowd.race((client) =>
    client.query(
      `SELECT ledger.declare_outage(o.dataset_id, o.starts_at, o.ends_at, o.reason, o.text_ko, o.text_en, o.declared_by,
                                    $2, ARRAY[$3::date], $4, NULL) FROM hub.outage o WHERE o.id = $1`,
      [outage, plan, day, own],
    ),
  );
  const after = await spentOf(stage, scene.population, day);
  const corrected = Math.round((after.spent - before.spent) / EACH);
  const room = Math.floor((RESERVE - before.corrected) / EACH);
  const declared = await number(stage.hub, "SELECT count(*) AS n FROM hub.outage WHERE dataset_id = $1", [dataset]);
  const broken = [
    ...[...new Set(faults)].flatMap((code) => (code === null ? [] : [`refused with ${code}`])),
    ...(corrected === room ? [] : [`${corrected} corrected instead of ${room}`]),
    ...(after.spent <= CAP ? [] : [`${after.spent / 1e6} of ${CAP / 1e6} spent`]),
    ...(after.spent === after.debited ? [] : ["what stands as spent is not the sum of the debits"]),
    ...(declared >= crowd.size ? [] : ["an outage was declared and does not stand"]),
  ];
  return { corrected, spent: after.spent, broken };
}

async function spentOf({ hub }: Stage, population: number, day: string) {
  const of = [population, day];
  const one = (column: string, table: string) =>
    number(hub, `SELECT coalesce(sum(${column}), 0) AS n FROM ledger.${table} WHERE population = $1 AND day = $2`, of);
  return {
    spent: await one("spent_micro", "population_day"),
    corrected: await one("corrected_micro", "population_day"),
    debited: await one("epsilon_micro", "debit"),
  };
}
