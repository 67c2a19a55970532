import { type RandomWords, uniform } from "../../../core/privacy/random.ts";
import { areaUnderRoc } from "../../../core/testing/proportion.ts";
import type { Row } from "../support/city-day.ts";
import { lossOfEvent } from "../support/loss.ts";
import { type Practice, type Table, tableOf } from "./practices.ts";

/** The days that are attacked: a unit, and all rows with it. */
export type Target = { readonly pseudonym: string; readonly points: readonly Row[] };

const withoutUnit = (rows: readonly Row[], pseudonym: string): Row[] =>
  rows.filter((row) => row.pseudonym !== pseudonym);

/** The tables of both worlds, window by window where the target is counted. */
type Pair = { readonly window: number; readonly without: Table; readonly having: Table };

function pairsOf(practice: Practice, cells: readonly number[], rows: readonly Row[], pseudonym: string): Pair[] {
  const having = Map.groupBy(practice.counted(rows), ({ window }) => window);
  return [...having].flatMap(([window, own]) =>
    own.some((row) => row.pseudonym === pseudonym)
      ? [{ window, having: tableOf(cells, own), without: tableOf(cells, withoutUnit(own, pseudonym)) }]
      : [],
  );
}

/** How much more likely the target's presence makes what is shown, in logarithms; certainty is ±1e6. */
function evidence(
  { logLikelihood }: Practice,
  shown: ReadonlyMap<number, number>,
  { having, without }: Omit<Pair, "window">,
) {
  const difference = logLikelihood(shown, having) - logLikelihood(shown, without);
  return Math.max(-1e6, Math.min(1e6, difference));
}

/** Adds up a target's evidence over a day: the AUC of the exact likelihood ratio. */
export function membership(
  practice: Practice,
  cells: readonly number[],
  rows: readonly Row[],
  { pseudonym }: Target,
  samples: number,
  random: RandomWords,
): number {
  const pairs = pairsOf(practice, cells, rows, pseudonym);
  const scores = (world: "without" | "having"): Map<number, number> => {
    const found = new Map<number, number>();
    for (let sample = 0; sample < samples; sample++) {
      let score = 0;
      for (const pair of pairs) score += evidence(practice, practice.publish(pair[world], random).shown, pair);
      const rounded = Math.round(score * 1e6);
      found.set(rounded, (found.get(rounded) ?? 0) + 1);
    }
    return found;
  };
  return areaUnderRoc(scores("without"), scores("having"));
}

/**
 * Asks for a fifth point of targets whose other points are known: the window is published with them and without their row in
 * that cell, and the attacker says yes where that is the likelier one.
 * @returns how much more often he says yes to what was made with the target
 */
export function fifthPoint(
  practice: Practice,
  cells: readonly number[],
  rows: readonly Row[],
  targets: readonly Target[],
  questions: number,
  random: RandomWords,
): number {
  const counted = practice.counted(rows);
  const byWindow = Map.groupBy(counted, ({ window }) => window);
  const byUnit = Map.groupBy(counted, ({ pseudonym }) => pseudonym);
  let yes = 0;
  for (let question = 0; question < questions; question++) {
    const target = targets[uniform(targets.length, random)];
    const points = byUnit.get(target?.pseudonym ?? "") ?? [];
    const point = points[uniform(Math.max(1, points.length), random)];
    if (point === undefined) throw new Error("a target has counted points");
    const own = byWindow.get(point.window) ?? [];
    const pair = {
      having: tableOf(cells, own),
      without: tableOf(
        cells,
        own.filter((row) => row !== point),
      ),
    };
    if (evidence(practice, practice.publish(pair.having, random).shown, pair) > 0) yes += 1;
    if (evidence(practice, practice.publish(pair.without, random).shown, pair) > 0) yes -= 1;
  }
  return yes / questions;
}

/** How many of some targets change which rows a day has. */
export function rowSets(
  practice: Practice,
  cells: readonly number[],
  rows: readonly Row[],
  targets: readonly Target[],
  random: RandomWords,
): number {
  const rowsOf = (table: Table): string =>
    [...practice.publish(table, random).shown.keys()].sort((a, b) => a - b).join();
  return targets.filter(({ pseudonym }) =>
    pairsOf(practice, cells, rows, pseudonym).some(({ having, without }) => rowsOf(having) !== rowsOf(without)),
  ).length;
}

/**
 * Takes the area without a small cell from the area with it, as often as he likes, and rounds the mean.
 * @returns the share of small counts (1 or 2) that he gets exactly
 */
export function differencing(
  practice: Practice,
  cells: readonly number[],
  rows: readonly Row[],
  asked: { readonly cells: number; readonly times: number },
  random: RandomWords,
): number {
  const byWindow = [...Map.groupBy(practice.counted(rows), ({ window }) => window).values()].map((own) =>
    tableOf(cells, own),
  );
  const small = byWindow.flatMap((table) =>
    [...table.counts].filter(([, count]) => count < 3).map(([cell, count]) => ({ table, cell, count })),
  );
  let exact = 0;
  for (let nth = 0; nth < asked.cells; nth++) {
    const one = small[uniform(small.length, random)];
    if (one === undefined) throw new Error("a day has small counts");
    const { area } = practice.publish(one.table, random);
    const others = cells.filter((cell) => cell !== one.cell);
    let [sum, answers] = [0, 0];
    for (let time = 0; time < asked.times; time++) {
      const [whole, rest] = [area(cells), area(others)];
      if (whole === null || rest === null) continue;
      sum += whole - rest;
      answers += 1;
    }
    if (answers > 0 && Math.round(sum / answers) === one.count) exact += 1;
  }
  return exact / asked.cells;
}

/** What a cell is published as; null: not at all. */
type Outcome = number | null;

/**
 * The ε of one window at least: the target, in five cells of it, against the same window without. The worst event is searched
 * in one half of the samples (each outcome, each distance from the others' count) and measured in the other.
 */
export function audit(practice: Practice, samples: number, alpha: number, random: RandomWords): number {
  const cells = [1, 2, 3, 4, 5, 6, 7, 8];
  const row = (pseudonym: string, cell: number): Row => ({ plan: 1, pseudonym, stratum: 0, window: 0, cell });
  const others = cells.flatMap((cell) => [1, 2, 3].map((nth) => row(`other ${cell} ${nth}`, cell)));
  const target = cells.slice(0, 5).map((cell) => row("target", cell));
  const tables = [others, [...others, ...target]].map((rows) => tableOf(cells, practice.counted(rows)));
  const [chosen, measured] = [0, 1].map(() =>
    tables.map((table) =>
      Array.from({ length: samples / 2 }, (): Outcome => practice.publish(table, random).shown.get(1) ?? null),
    ),
  ) as [Outcome[][], Outcome[][]];
  const events: ((outcome: Outcome) => boolean)[] = [(outcome) => outcome === null];
  for (let value = -20; value <= 40; value++) events.push((outcome) => outcome === value);
  for (let distance = 1; distance <= 20; distance++) {
    events.push((outcome) => outcome !== null && Math.abs(outcome - 3) >= distance);
    events.push((outcome) => outcome !== null && outcome >= distance);
  }
  const count = (list: readonly Outcome[], event: (outcome: Outcome) => boolean): number => {
    let total = 0;
    for (const outcome of list) if (event(outcome)) total += 1;
    return total;
  };
  let best = { expected: Number.NEGATIVE_INFINITY, event: events[0] as (outcome: Outcome) => boolean, many: 1 };
  for (const event of events) {
    const seen = chosen.map((list) => count(list, event) + 0.5) as [number, number];
    for (const many of [0, 1] as const) {
      const [a, b] = many === 1 ? [seen[1], seen[0]] : seen;
      const expected = Math.log(a / b) - 4 * Math.sqrt(1 / a + 1 / b);
      if (expected > best.expected) best = { expected, event, many };
    }
  }
  const [a, b] = measured.map((list) => count(list, best.event)) as [number, number];
  return best.many === 1 ? lossOfEvent(b, a, samples / 2, alpha) : lossOfEvent(a, b, samples / 2, alpha);
}
