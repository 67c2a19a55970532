import { laplace } from "../../../core/privacy/mechanism.ts";
import type { Plan } from "../../../workers/release/catalogue.ts";
import { between, pick, seeded } from "../../../workers/simulator/random.ts";
import type { Shown, Steps } from "./publish.ts";

const PLACES = 8;
const WINDOWS = 24;
const HOUR = 3_600_000;

/**
 * Days of a counter plan that differ by one crossing in one place and window. Whether a reading came is the counter's
 * heartbeat and stays as it is; a reading of zero is a reading.
 */
export function* counterNeighbours(seed: string, { silence, drawDense }: Steps): Generator<[Shown, Shown], never> {
  const random = seeded(seed);
  const cells = Array.from({ length: PLACES }, (_, index) => index + 1);
  const plan: Pick<Plan, "statistic" | "threshold" | "cells" | "cellDevices" | "mechanism"> = {
    statistic: "COUNTER",
    threshold: null,
    cells,
    cellDevices: cells.map(() => null),
    mechanism: laplace(10),
  };
  const show = (windows: readonly ReadonlyMap<number, number>[]): Shown => {
    const [rows, reasons]: [string[], boolean[]] = [[], []];
    for (const [at, counts] of windows.entries()) {
      const slot = { plan: plan as Plan, window: { from: at * HOUR, to: (at + 1) * HOUR } };
      const drawn = drawDense(
        cells,
        counts,
        silence(slot, counts, () => true, null),
        plan.mechanism,
      );
      rows.push(...drawn.cells.map((cell) => `${at} ${cell}`));
      reasons.push(...drawn.silent);
    }
    return {
      rows: rows.join("\n"),
      reasons: reasons.join(),
      present: reasons.filter((silent) => !silent).length,
      withheld: reasons.filter(Boolean).length,
    };
  };
  for (;;) {
    const without = Array.from({ length: WINDOWS }, () => {
      const reading = cells.filter(() => random() < 0.8).map((cell) => [cell, between(random, 0, 3)] as const);
      return new Map(reading.length === 0 ? [[1, 0]] : reading);
    });
    const at = between(random, 0, WINDOWS - 1);
    const having = without.map((counts) => new Map(counts));
    const own = having[at];
    const cell = pick(random, [...(own?.keys() ?? [])]);
    own?.set(cell, (own.get(cell) ?? 0) + 1);
    yield [show(without), show(having)];
  }
}
