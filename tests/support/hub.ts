import type { TestCity } from "./city.ts";
import { type Databases, openDatabases, value } from "./databases.ts";
import type { HubEnvironment } from "./environment.ts";
import { type Processes, processesOf } from "./processes.ts";
import { untilEqual } from "./wait.ts";

/** The running hub as a test holds it: both databases as their owner, and every process. */
export type Hub = HubEnvironment & Databases & { processes: Processes };

export const openHub = (environment: HubEnvironment): Hub => ({
  ...environment,
  ...openDatabases(environment),
  processes: processesOf(environment.home),
});

/** Waits until no batch of the city is unprocessed. */
export const allProcessed = ({ edge }: Pick<Hub, "edge">, city: TestCity, limitMs = 60_000) =>
  untilEqual(
    "unprocessed batches",
    0,
    () =>
      value<number>(edge, "SELECT count(*) FROM edge.batch WHERE population = $1 AND state = 'PENDING'", [
        city.population,
      ]),
    { limitMs },
  );

export type Tally = { batches: number; quarantined: number; accepted: number; rejected: number; repeated: number };

/** What became of the city's batches. */
export async function tally({ edge }: Pick<Hub, "edge">, city: TestCity): Promise<Tally> {
  const { rows } = await edge.query<Tally>(
    `SELECT count(*) AS batches, count(*) FILTER (WHERE state = 'QUARANTINED') AS quarantined,
            coalesce(sum(accepted), 0) AS accepted, coalesce(sum(rejected), 0) AS rejected,
            coalesce(sum(repeated), 0) AS repeated
       FROM edge.batch WHERE population = $1`,
    [city.population],
  );
  const [found] = rows;
  if (found === undefined) throw new Error("an aggregate answers one row");
  return found;
}

/** The contributions that stand for the city's plan "flow". */
export const contributions = ({ edge }: Pick<Hub, "edge">, city: TestCity) =>
  value<number>(edge, "SELECT count(*) FROM edge.contribution WHERE plan = $1", [flow(city).number]);

/** The city's plan of `presence()`. */
export function flow(city: TestCity): TestCity["plans"][string] {
  const plan = city.plans["flow"];
  if (plan === undefined) throw new Error("the city has no plan flow");
  return plan;
}

/** The furthest that noise goes in practice: beyond it lies less than one draw of e^60. */
export const far = (city: TestCity): number => (60 * flow(city).scale.n) / flow(city).scale.d;

/** Waits until so many windows of a day of the plan "flow" are committed. */
export const committed = ({ hub }: Pick<Hub, "hub">, city: TestCity, day: string, slots: number, limitMs = 60_000) =>
  untilEqual(
    "committed windows",
    slots,
    () =>
      value<number>(
        hub,
        "SELECT count(*) FROM ledger.slot WHERE plan = $1 AND first_day = $2 AND state = 'COMMITTED'",
        [flow(city).number, day],
      ),
    { limitMs },
  );
