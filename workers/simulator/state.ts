import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { OpenEvent } from "./incidents.ts";

const file = z.object({
  /** instant up to which history is made, epoch ms */
  historyNow: z.number(),
  /** last day of the declared backfill */
  lastDay: z.string(),
  /** by population: last day whose end marker is acknowledged */
  ended: z.record(z.string(), z.string()),
  /** events that are still going on */
  open: z.array(z.custom<OpenEvent>((value) => typeof value === "object" && value !== null)),
});

/** What the simulator must remember over a restart. */
export type State = z.output<typeof file>;

const pathOf = (home: string): string => join(home, "devices", "simulator.state");

/** The state of the last run; null at the first start. */
export function readState(home: string): State | null {
  try {
    const result = file.safeParse(JSON.parse(readFileSync(pathOf(home), "utf8")));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** Keeps the state: written beside and moved, so that a crash leaves the old or the new one. */
export function keepState(home: string, state: State): void {
  const path = pathOf(home);
  writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
