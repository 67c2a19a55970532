import { type RandomWords, systemRandom } from "../../../core/privacy/random.ts";
import { mutate } from "../../../core/testing/mutant.ts";
import { seededWords } from "../../../core/testing/seeded.ts";
import { inTransaction } from "../../../runtime/postgres.ts";
import type { Context } from "../../../workers/release/context.ts";
import { readDraws, type Vector, writeDraws } from "../../../workers/release/draw.ts";
import { instant, type Slot } from "../../../workers/release/reserve.ts";
import { type Counts, drawDense } from "../../../workers/release/vector.ts";
import { DAY } from "./days.ts";
import { rightStepB, type StepB } from "./story.ts";

type Noise = (slot: Slot) => RandomWords;

/** Draws slots whatever stands, and puts the draws in place of those that stood. */
function drawOver(context: Context, slots: readonly Slot[], noise: Noise, counts?: Counts): Promise<Vector[]> {
  return inTransaction(context.edge, async (edge) => {
    const ids = slots.map(({ id }) => id);
    await edge.query("DELETE FROM edge.draw WHERE slot = ANY ($1::uuid[])", [ids]);
    await edge.query("DELETE FROM edge.frozen WHERE slot = ANY ($1::uuid[])", [ids]);
    const drawn = [];
    for (const slot of slots) {
      const of = counts ?? (await bounded(edge, slot));
      const silent = slot.plan.cells.map(() => false);
      drawn.push({ slot, drawn: drawDense(slot.plan.cells, of, silent, slot.plan.mechanism, noise(slot)) });
    }
    return writeDraws(edge, drawn);
  });
}

/** The exact counts of a window, as long as its day is open. */
async function bounded(edge: Pick<Context["edge"], "query">, { plan, window }: Slot): Promise<Counts> {
  const { rows } = await edge.query<{ cell: number; n: number }>(
    "SELECT cell, count(*) AS n FROM edge.bounded WHERE plan = $1 AND window_start = $2 GROUP BY cell",
    [plan.number, instant(window.from)],
  );
  return new Map(rows.map(({ cell, n }) => [cell, n]));
}

const without = (vectors: readonly Vector[], slots: readonly Slot[]): Vector[] =>
  vectors.filter(({ slot }) => !slots.some(({ id }) => id === slot));

/** After a cut whose outcome it does not know, it draws again. */
export const drawsAgain: StepB = async (context, population, waiting) => {
  const stood = new Set((await readDraws(context.edge, waiting)).map(({ slot }) => slot));
  const { vectors, gone } = await rightStepB(context, population, waiting);
  const again = waiting.filter(({ id }) => stood.has(id));
  return { vectors: [...without(vectors, again), ...(await drawOver(context, again, () => systemRandom))], gone };
};

const FREEZE = new URL("../../../workers/release/freeze.ts", import.meta.url);

/** Derives a slot's noise from its id, and so can do it again at any time: what was lost stands as it stood. */
export async function derivesNoise(): Promise<StepB> {
  const seeded: typeof drawDense = (cells, counts, silent, mechanism, slot) =>
    drawDense(cells, counts, silent, mechanism, seededWords(String(slot)));
  const { freeze } = await mutate<typeof import("../../../workers/release/freeze.ts")>(
    FREEZE,
    { name: "seeded", from: "row.ended_at), plan.mechanism)", to: "row.ended_at), plan.mechanism, slot.id)" },
    { "./vector.ts": { drawDense: seeded } },
  );
  return async (context, population, waiting) => {
    const { vectors, gone } = await freeze(context, population, DAY, waiting);
    return { vectors: [...vectors, ...(await drawOver(context, gone, ({ id }) => seededWords(id)))], gone: [] };
  };
}

/** Where input and draw are gone it draws on nothing, as if nobody had been there. */
export const drawsOnNothing: StepB = async (context, population, waiting) => {
  const { vectors, gone } = await rightStepB(context, population, waiting);
  return { vectors: [...vectors, ...(await drawOver(context, gone, () => systemRandom, new Map()))], gone: [] };
};
