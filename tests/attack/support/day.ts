import { assignSlots, type Bounded, type Contribution, countCells } from "../../../core/privacy/bound.ts";
import type { PublicPlan } from "./plans.ts";

/** A cell of a day's vector: the window and the place. */
const nameOf = (window: number, place: number): string => `${String(window).padStart(4, "0")} ${String(place)}`;

export const TARGET = "target";
const OTHERS = 40;

/**
 * The contributions of a made-up day of one plan: `places` cells in each of some windows, the target in all of `touched`
 * distinct ones, forty others in some of them.
 */
export function contributionsOfDay({ bound }: PublicPlan, touched: number): Contribution[] {
  const rows: Contribution[] = [];
  const row = (pseudonym: string, index: number): Contribution => {
    const [window, place] = [Math.floor(index / 3), index % 3];
    return { pseudonym, stratum: 0, window, cell: nameOf(window, place) };
  };
  for (let index = 0; index < touched; index++) rows.push(row(TARGET, index));
  for (let other = 0; other < OTHERS; other++) {
    const times = 1 + ((other * 7) % bound);
    for (let nth = 0; nth < times; nth++) rows.push(row(`other ${other}`, (other * 11 + nth * 5) % touched));
  }
  return rows;
}

/** The exact counts of a day's cells without the target and with it, after bounding. */
export type Worlds = {
  readonly cells: readonly number[];
  readonly without: ReadonlyMap<number, number>;
  readonly having: ReadonlyMap<number, number>;
  /** by cell: how much the target adds */
  readonly delta: readonly number[];
};

/**
 * Both worlds of a day through the bound.
 * @param bounding `assignSlots`, or a faulty copy
 */
export function worldsOf(plan: PublicPlan, touched: number, bounding: typeof assignSlots = assignSlots): Worlds {
  const rows = contributionsOfDay(plan, touched);
  const names = [...new Set(rows.map(({ cell }) => cell))].sort();
  const count = (of: readonly Bounded[]): Map<number, number> =>
    new Map(countCells(of, names).map((n, index) => [index, n]));
  const having = count(bounding(rows, plan.bound));
  const without = count(
    bounding(
      rows.filter(({ pseudonym }) => pseudonym !== TARGET),
      plan.bound,
    ),
  );
  const cells = names.map((_, index) => index);
  return { cells, without, having, delta: cells.map((cell) => (having.get(cell) ?? 0) - (without.get(cell) ?? 0)) };
}
