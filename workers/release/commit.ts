import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Context } from "./context.ts";
import type { Vector } from "./draw.ts";
import type { Slot } from "./reserve.ts";

const COMMIT = statement(new URL("./commit.sql", import.meta.url));
const ANOTHER_VECTOR = "MD001";
const ABANDONED = "MD002";
const MALFORMED = "MD003";

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code);

function commitAll(hub: Pool, vectors: readonly Vector[]): Promise<unknown> {
  return hub.query({
    ...COMMIT,
    values: [
      vectors.map((vector) => vector.slot),
      vectors.map((vector) => vector.cells),
      vectors.map((vector) => vector.values),
      vectors.map((vector) => vector.silent),
    ],
  });
}

/**
 * Step C: copies vectors to the hub, in one transaction. Where the hub refuses one, the others are copied one by one:
 * another vector that stands there is an alarm, and the hub wins; one that it cannot take is given up (rule P2).
 */
export async function commitSlots({ hub, log }: Context, vectors: readonly Vector[]): Promise<void> {
  if (vectors.length === 0) return;
  try {
    await commitAll(hub, vectors);
    return;
  } catch (error) {
    if (![ANOTHER_VECTOR, ABANDONED, MALFORMED].includes(codeOf(error))) throw error;
  }
  for (const vector of vectors) {
    try {
      await commitAll(hub, [vector]);
    } catch (error) {
      const code = codeOf(error);
      if (code === ANOTHER_VECTOR) log.error({ event: "release.vector_differs", slot: vector.slot });
      else if (code === MALFORMED) {
        log.error({ event: "release.vector_malformed", slot: vector.slot });
        await hub.query("SELECT open.abandon_slot($1)", [vector.slot]);
      } else if (code !== ABANDONED) throw error;
    }
  }
}

/** Gives up slots whose input and draw are both gone: withheld with that reason, the debit stays (rule P2). */
export async function abandonSlots({ hub, log }: Context, slots: readonly Slot[]): Promise<void> {
  for (const slot of slots) {
    await hub.query("SELECT open.abandon_slot($1)", [slot.id]);
    log.error({ event: "release.slot_abandoned", slot: slot.id });
  }
}
