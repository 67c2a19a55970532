import type { Scale } from "../../../core/privacy/laplace.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { uniform } from "../../../core/privacy/random.ts";
import type { Counts, Row } from "../support/city-day.ts";
import type { Vector } from "../support/faults.ts";

/** Where and when somebody was. */
const pointOf = ({ window, cell }: Row): string => `${window} ${cell}`;

export type Traces = ReadonlyMap<string, readonly Row[]>;

/** The rows by pseudonym: whoever reads the restricted database has traces. */
export const tracesOf = (rows: readonly Row[]): Traces => Map.groupBy(rows, ({ pseudonym }) => pseudonym);

/** Whom to attack: units with five points or more, each with its points in random order; the first four are known. */
export function pickTargets(traces: Traces, count: number, random: RandomWords): (readonly Row[])[] {
  const worth = [...traces.values()].filter((points) => points.length >= 5);
  if (worth.length === 0) throw new Error("nobody has five points");
  return Array.from({ length: count }, () => shuffle(worth[uniform(worth.length, random)] ?? [], random));
}

function shuffle<T>(list: readonly T[], random: RandomWords): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = uniform(last + 1, random);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

/** Who was at each point. */
function visitorsOf(traces: Traces): ReadonlyMap<string, ReadonlySet<string>> {
  const visitors = new Map<string, Set<string>>();
  for (const [pseudonym, points] of traces) {
    for (const row of points) {
      const at = pointOf(row);
      visitors.set(at, (visitors.get(at) ?? new Set()).add(pseudonym));
    }
  }
  return visitors;
}

/**
 * De Montjoye's attack (2013, doi 10.1038/srep01376): who was at all four known points is the target; a fifth point of that
 * trace is claimed.
 * @returns by how much the share of right claims is above that on the same traces without the target
 */
export function claimFromTraces(traces: Traces, targets: readonly (readonly Row[])[], random: RandomWords): number {
  const visitors = visitorsOf(traces);
  const isRight = (points: readonly Row[], candidates: readonly string[]): boolean => {
    if (candidates.length === 0) return false;
    const known = new Set(points.slice(0, 4).map(pointOf));
    const trace = traces.get(candidates[uniform(candidates.length, random)] ?? "") ?? [];
    const further = trace.filter((row) => !known.has(pointOf(row)));
    const claim = further[uniform(Math.max(1, further.length), random)];
    return claim !== undefined && points.some((row) => pointOf(row) === pointOf(claim));
  };
  let [having, without] = [0, 0];
  for (const points of targets) {
    const [first, ...others] = points.slice(0, 4).map((row) => visitors.get(pointOf(row)) ?? new Set<string>());
    const matching = [...(first ?? [])].filter((one) => others.every((set) => set.has(one)));
    const self = points[0]?.pseudonym;
    if (isRight(points, matching)) having += 1;
    if (
      isRight(
        points,
        matching.filter((one) => one !== self),
      )
    )
      without += 1;
  }
  return (having - without) / targets.length;
}

/**
 * The same question to the release: was the target at this fifth point? The attacker knows the other four, and all that
 * everybody else did; he says yes where the released number is above the others' exact count, which is the best he can do.
 * @param windows exact counts after bounding, with every target
 * @param fifths a counted point of a target for each trial
 * @returns by how much he says yes more often than to the release without the target
 */
export function askRelease(
  draw: Vector["drawDense"],
  cells: readonly number[],
  windows: ReadonlyMap<number, Counts>,
  fifths: readonly Row[],
  scale: Scale,
  random: RandomWords,
): number {
  let [having, without] = [0, 0];
  for (const { window, cell } of fifths) {
    const counts = windows.get(window) ?? new Map<number, number>();
    const others = (counts.get(cell) ?? 0) - 1;
    const index = cells.indexOf(cell);
    const says = (of: Counts): boolean =>
      (draw(cells, of, [], { law: "LAPLACE", scale }, random).values[index] ?? 0) > others;
    if (says(counts)) having += 1;
    if (says(new Map(counts).set(cell, others))) without += 1;
  }
  return (having - without) / fifths.length;
}
