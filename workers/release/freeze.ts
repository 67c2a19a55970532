import { dayBounds } from "../../core/time.ts";
import { type Client, inTransaction } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Plan, Population } from "./catalogue.ts";
import type { Context } from "./context.ts";
import { readDraws, type Vector, writeDraws } from "./draw.ts";
import { instant, type Slot } from "./reserve.ts";
import { readHeard, silence } from "./silence.ts";
import { type Counts, drawDense, drawSparse } from "./vector.ts";

const LOCK = statement(new URL("./lock-day.sql", import.meta.url));
const PLAN_DAYS = statement(new URL("./plan-days.sql", import.meta.url));
const BOUND = statement(new URL("./bound.sql", import.meta.url));
const COUNTERS = statement(new URL("./counters.sql", import.meta.url));
const ADVANCE = statement(new URL("./advance.sql", import.meta.url));

/** A stretch of consecutive windows of one plan. */
export type Stretch = { plan: Plan; first: number; until: number };

/** What step B leaves: vectors to copy, and slots whose input and draw are both gone. */
export type Frozen = { vectors: Vector[]; gone: Slot[] };

type CountRow = { plan: number; window_start: number; cells: number[]; counts: number[] };

/**
 * Step B, one transaction under the lock of the population-day: bounds, counts and draws every window that is not
 * frozen yet, in time order, and reads the draws of those that are. Whether they may close was decided before.
 * @param slots of one population-day; for each plan consecutive from where it is frozen
 */
export function freeze(context: Context, population: Population, day: string, slots: readonly Slot[]): Promise<Frozen> {
  return inTransaction(context.edge, async (edge) => {
    const locked = await edge.query<{ state: string; ended_at: number | null }>({
      ...LOCK,
      values: [population.number, day],
    });
    const [row] = locked.rows;
    const vectors = await readDraws(edge, slots);
    const drawn = new Set(vectors.map((vector) => vector.slot));
    const left = slots.filter((slot) => !drawn.has(slot.id));
    if (left.length === 0) return { vectors, gone: [] };
    if (row?.state !== "OPEN") return { vectors, gone: left };

    const planDays = await edge.query<{ plan: number; frozen_until: number | null }>({
      ...PLAN_DAYS,
      values: [population.number, day],
    });
    const frozenUntil = new Map(planDays.rows.map((entry) => [entry.plan, entry.frozen_until]));
    const isOpen = ({ plan, window }: Slot): boolean => {
      const until = frozenUntil.get(plan.number);
      return until !== undefined && (until === null || window.from >= until);
    };
    const open = left.filter(isOpen);
    const gone = left.filter((slot) => !isOpen(slot));
    if (open.length === 0) return { vectors, gone };

    const stretches = stretchesOf(open);
    const countsOf = await count(edge, day, stretches);
    context.crash("freeze.bounded");
    const midnight = dayBounds(day, population.timeZone).from;
    const heard = await readHeard(edge, population, midnight, open, row.ended_at);
    const made = open.map((slot) => {
      const { plan, window } = slot;
      const counts = countsOf(plan.number, window.from);
      const vector =
        plan.threshold === null
          ? drawDense(plan.cells, counts, silence(slot, counts, heard, row.ended_at), plan.mechanism)
          : drawSparse(plan.cells, counts, plan.mechanism, plan.threshold);
      return { slot, drawn: vector };
    });
    vectors.push(...(await writeDraws(edge, made)));
    await edge.query({
      ...ADVANCE,
      values: [day, stretches.map(({ plan }) => plan.number), stretches.map(({ until }) => instant(until))],
    });
    context.crash("freeze.drawn");
    return { vectors, gone };
  });
}

function stretchesOf(slots: readonly Slot[]): Stretch[] {
  const stretches = new Map<number, Stretch>();
  for (const { plan, window } of slots) {
    const stretch = stretches.get(plan.number) ?? { plan, first: window.from, until: window.to };
    stretch.first = Math.min(stretch.first, window.from);
    stretch.until = Math.max(stretch.until, window.to);
    stretches.set(plan.number, stretch);
  }
  return [...stretches.values()];
}

type Part = readonly [plan: number, stratum: number, slots: number, earlier: number];

/** The parts of the day of a plan, each with its L and how much the parts before it take. */
function partsOf({ number, bounds }: Plan): Part[] {
  let earlier = 0;
  return bounds.map((slots, stratum) => {
    const part = [number, stratum, slots, earlier] as const;
    earlier += slots;
    return part;
  });
}

const columnsOf = (parts: readonly Part[]): number[][] =>
  [0, 1, 2, 3].map((column) => parts.map((part) => part[column] ?? 0));

/** Assigns the bounded rows of stretches of windows and answers the exact counts by plan and window. */
export async function count(
  edge: Client,
  day: string,
  stretches: readonly Stretch[],
): Promise<(plan: number, windowStart: number) => Counts> {
  const found = new Map<string, Counts>();
  const add = (rows: CountRow[]): void => {
    for (const row of rows) {
      const counts = new Map(row.cells.map((cell, index) => [cell, row.counts[index] ?? 0]));
      found.set(`${row.plan}.${row.window_start}`, counts);
    }
  };
  const counters = stretches.filter(({ plan }) => plan.statistic === "COUNTER");
  const units = stretches.filter(({ plan }) => plan.statistic !== "COUNTER");
  const numbers = (of: readonly Stretch[]) => of.map(({ plan }) => plan.number);
  const firsts = (of: readonly Stretch[]) => of.map(({ first }) => instant(first));
  const untils = (of: readonly Stretch[]) => of.map(({ until }) => instant(until));
  // Without a name, so that each is planned for the chunks of its day.
  if (units.length > 0) {
    const bounds = units.map(({ plan }) => plan.bound);
    const parts = units.flatMap(({ plan }) => partsOf(plan));
    const values = [day, numbers(units), bounds, firsts(units), untils(units), ...columnsOf(parts)];
    // Nobody has counted the rows of a young chunk: taken for one, they would each look through all that is bounded.
    await edge.query("SET LOCAL enable_nestloop = off");
    add((await edge.query<CountRow>(BOUND.text, values)).rows);
    await edge.query("SET LOCAL enable_nestloop = on");
  }
  if (counters.length > 0) {
    add((await edge.query<CountRow>(COUNTERS.text, [day, numbers(counters), firsts(counters), untils(counters)])).rows);
  }
  const none: Counts = new Map();
  return (plan, windowStart) => found.get(`${plan}.${windowStart}`) ?? none;
}
