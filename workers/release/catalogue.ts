import { z } from "zod";
import { LAWS, type Mechanism, mechanismOf } from "../../core/privacy/mechanism.ts";
import { STATISTICS } from "../../core/privacy/plan.ts";
import { STEPS, type Step, type TimeWindow } from "../../core/time.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

const populationRow = z.object({
  number: z.number(),
  timeZone: z.string(),
  latenessSeconds: z.number(),
  skewSeconds: z.number(),
  devices: z.array(z.string()),
  isLive: z.boolean(),
  backfills: z.array(z.object({ id: z.string(), firstDay: z.string(), lastDay: z.string() })),
  plans: z.array(
    z.object({
      number: z.number(),
      dataset: z.string(),
      version: z.number(),
      statistic: z.enum(STATISTICS),
      step: z.enum(STEPS as [Step, ...Step[]]),
      bound: z.number(),
      bounds: z.array(z.number()).min(1),
      noise: z.object({ mechanism: z.enum(LAWS), n: z.number(), d: z.number() }),
      threshold: z.number().nullable(),
      graceSeconds: z.number(),
      activeFrom: z.number(),
      corrects: z.number().nullable(),
      outage: z.object({ from: z.number(), to: z.number() }).nullable(),
      cells: z.array(z.number()),
      cellDevices: z.array(z.string().nullable()),
    }),
  ),
});
type PopulationRow = z.infer<typeof populationRow>;

/**
 * A release plan as the hub keeps it; `bounds` are the L of the parts of a day (one where it is not split), `cells` its
 * public partitions in order, `cellDevices` who watches each. A correction names the plan that it `corrects` and the
 * `outage` within which its windows lie (rule P8).
 */
export type Plan = Omit<PopulationRow["plans"][number], "noise"> & { readonly mechanism: Mechanism };
/** `isLive`: a device that is not a backfill may post to it. `devices`: all that may, or might, post to its feeds. */
export type Population = Omit<PopulationRow, "plans"> & { readonly plans: readonly Plan[] };
export type Backfill = Population["backfills"][number];

/** A window of a plan. */
export type PlanWindow = { readonly plan: Plan; readonly window: TimeWindow };

/** Windows longer than a day are not frozen by a day: they sum its counts when it is sealed. */
export const isLong = (plan: Pick<Plan, "step">): boolean => plan.step === "P1M" || plan.step === "P1Y";

/** The backfills whose declared period covers a day, latest declaration first. */
export const covering = (population: Population, day: string): Backfill[] =>
  population.backfills.filter((backfill) => backfill.firstDay <= day && day <= backfill.lastDay);

const populationOf = ({ plans, ...rest }: PopulationRow): Population => ({
  ...rest,
  plans: plans.map(({ noise, ...plan }) => ({ ...plan, mechanism: mechanismOf(noise) })),
});

const POPULATION = statement(new URL("./population.sql", import.meta.url));

export type Catalogue = {
  /** @param maxAgeMs how old the answer may be @returns null when the hub knows no such population */
  population(number: number, maxAgeMs?: number): Promise<Population | null>;
  numbers(): Promise<number[]>;
};

/** Reads populations and plans, and remembers them for a few seconds: a plan with debits never changes (rule P1). */
export function openCatalogue(hub: Pool): Catalogue {
  const known = new Map<number, { population: Population | null; at: number }>();
  return {
    async population(number, maxAgeMs = 5_000) {
      const found = known.get(number);
      if (found !== undefined && Date.now() - found.at < maxAgeMs) return found.population;
      const at = Date.now();
      const { rows } = await hub.query<{ population: unknown }>({ ...POPULATION, values: [number] });
      const population = rows[0] === undefined ? null : populationOf(populationRow.parse(rows[0].population));
      known.set(number, { population, at });
      return population;
    },
    async numbers() {
      const { rows } = await hub.query<{ number: number }>("SELECT number FROM hub.population ORDER BY number");
      return rows.map((row) => row.number);
    },
  };
}
