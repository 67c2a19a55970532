import { type Mutant, mutate } from "../../../core/testing/mutant.ts";
import { sampleCity } from "../../../workers/simulator/city.ts";
import type { Arena, Figure, Finding } from "../support/figure.ts";
import { counterNeighbours } from "./counters.ts";
import { neighbours } from "./inputs.ts";
import { publish, REAL, type Shown, type Steps } from "./publish.ts";

const FILES = {
  drawDense: new URL("../../../workers/release/vector.ts", import.meta.url),
  silence: new URL("../../../workers/release/silence.ts", import.meta.url),
  judgeReadings: new URL("../../../workers/ingest/judge.ts", import.meta.url),
} as const;

type Fault = Mutant & { readonly step: keyof typeof FILES };

const ROW_FAULTS: readonly Fault[] = [
  {
    step: "drawDense",
    name: "rows only where a count is above 0",
    from: "const exact = cells.map(",
    to: "cells = cells.filter((cell) => (counts.get(cell) ?? 0) > 0);\n  const exact = cells.map(",
  },
  {
    step: "drawDense",
    name: "rows below 3 left out",
    from: "const exact = cells.map(",
    to: "cells = cells.filter((cell) => (counts.get(cell) ?? 0) >= 3);\n  const exact = cells.map(",
  },
];

const REASON_FAULTS: readonly Fault[] = [
  {
    step: "drawDense",
    name: "suppression below 3",
    from: "silent[index] === true)",
    to: "silent[index] === true || (exact[index] ?? 0) < 3)",
  },
  {
    step: "silence",
    name: "reason from the count",
    from: "return plan.cellDevices.map((device) => {",
    to: "return plan.cellDevices.map((device, at) => {\n    if (!counts.has(plan.cells[at] ?? 0)) return true;",
  },
  {
    step: "silence",
    name: "a count of nothing is no reading of the counter",
    from: "plan.cells.map((cell) => !counts.has(cell))",
    to: "plan.cells.map((cell) => (counts.get(cell) ?? 0) === 0)",
  },
  {
    step: "judgeReadings",
    name: "a reading counts as a heartbeat",
    from: "return takeTrack(reading, scene, sink);",
    to: "sink.heartbeat(reading.from);\n      return takeTrack(reading, scene, sink);",
  },
];

type Differing = { changed: number; rows: number; reasons: number; present: number; withheld: number };

/**
 * How many neighbouring inputs show different rows, and different reasons.
 * @param until ends at the first that differ in this
 */
function compare(pairs: number, steps: Steps, seed: string, until?: "rows" | "reasons"): Differing {
  const city = sampleCity("sangmu");
  const found = { changed: 0, rows: 0, reasons: 0, present: 0, withheld: 0 };
  const note = (a: Shown, b: Shown): void => {
    if (a.rows !== b.rows) found.rows += 1;
    if (a.reasons !== b.reasons) found.reasons += 1;
    found.present += a.present;
    found.withheld += a.withheld;
  };
  // A tenth are counters, whose data have no units: one crossing less.
  const counters = counterNeighbours(`${seed} counters`, steps);
  const units = neighbours(seed);
  for (let pair = 0; pair < pairs; pair++) {
    if (until !== undefined && found[until] > 0) break;
    if (pair % 10 === 0) {
      const [without, having] = counters.next().value;
      found.changed += 1;
      note(without, having);
      continue;
    }
    const input = units.next().value as Parameters<typeof publish>[1];
    if (input.having.length !== input.without.length) found.changed += 1;
    note(publish(city, input, input.without, steps), publish(city, input, input.having, steps));
  }
  return found;
}

const run =
  (which: "rows" | "reasons", faults: readonly Fault[]) =>
  async ({ size, progress }: Arena): Promise<Finding> => {
    const pairs = size === "full" ? 1_000 : 40;
    const real = compare(pairs, REAL, `neighbours ${which}`);
    progress(`${pairs} neighbouring inputs compared`);
    const mutants = [];
    for (const { step, ...fault } of faults) {
      const faulty = await mutate<Steps>(FILES[step], fault);
      const { [which]: differing } = compare(500, { ...REAL, [step]: faulty[step] }, `fault ${fault.name}`, which);
      mutants.push({ name: fault.name, killed: differing > 0 });
    }
    return {
      value: `${real[which]} of ${pairs} differ (${real.present} values shown, ${real.withheld} withheld)`,
      pass: real[which] === 0,
      controls: [
        { name: "the inputs differ, all of them", held: real.changed === pairs },
        {
          name: "much is shown and much is withheld",
          held: Math.min(real.present, real.withheld) > 0.1 * (real.present + real.withheld),
        },
      ],
      mutants,
    };
  };

export const figures: readonly Figure[] = [
  {
    name: "neighbours-rows",
    title: "released row set over 1000 neighbouring inputs (dense datasets)",
    target: "identical",
    rules: ["P4", "P5"],
    needs: "nothing",
    fast: true,
    run: run("rows", ROW_FAULTS),
  },
  {
    name: "neighbours-reasons",
    title: "withheld reasons, freshness and quality over 1000 neighbouring inputs",
    target: "identical",
    rules: ["P4", "P12"],
    needs: "nothing",
    fast: true,
    run: run("reasons", REASON_FAULTS),
  },
];
