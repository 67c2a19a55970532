import { setTimeout as sleep } from "node:timers/promises";
import { CRASH_POINTS, type CrashPoint } from "../../../workers/release/crash.ts";
import type { Processes } from "../../support/processes.ts";
import { openContext } from "../../support/stage/context.ts";
import { ending, type House } from "../../support/stage/house.ts";
import type { Scene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { until } from "../../support/wait.ts";
import { announceDay, fillDay, isDone } from "./days.ts";

/** Populations side by side: a kill at a point of one finds the others somewhere else. */
const BESIDE = 3;
const PATIENCE = { limitMs: 120_000, everyMs: 50 };

/** Points in the order in which a day that is resumed again and again comes by them; the last ones on its month. */
const ORDER: readonly CrashPoint[] = [
  ...CRASH_POINTS.filter((point) => point !== "forget.done" && point !== "open.debited"),
  "forget.done",
];

/** Runs a release worker until it kills itself at the point. @throws Error when it never comes there */
async function kill(stage: Stage, house: House, point: CrashPoint): Promise<void> {
  const worker = house.release(stage.addresses("madang_release"), point);
  const end = await Promise.race([ending(worker), sleep(PATIENCE.limitMs, "no end", { ref: false })]);
  if (end !== "SIGKILL") throw new Error(`the worker that should die at ${point}: ${end}`);
}

/** Lets a release worker finish what is there. */
export async function finish(stage: Stage, house: House, scenes: readonly Scene[]): Promise<void> {
  const worker = house.release(stage.addresses("madang_release"));
  try {
    await until("all slots are settled", () => isDone(stage, scenes), PATIENCE);
  } finally {
    worker.kill("SIGKILL");
    await ending(worker);
  }
}

/**
 * Rounds of days in which every worker ends at the next point, each resuming what the one before left: `CRASH_POINTS`
 * kills a round.
 * @returns how many kills
 */
export async function killEverywhere(
  stage: Stage,
  house: House,
  rounds: number,
  onRound: (round: number) => void,
): Promise<number> {
  const context = openContext(stage.addresses("madang_release"));
  let kills = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      const scenes: Scene[] = [];
      for (let n = 0; n < BESIDE; n++) scenes.push(await announceDay(stage, house));
      await kill(stage, house, "open.debited");
      for (const scene of scenes) await fillDay(stage, context, scene);
      for (const point of ORDER) await kill(stage, house, point);
      await finish(stage, house, scenes);
      kills += 1 + ORDER.length;
      onRound(round);
    }
  } finally {
    await context.close();
  }
  return kills;
}

/**
 * Takes the databases away while a worker releases: in order and by kill −9, one after the other.
 * @returns how many times a database was restarted
 */
export async function restartDatabases(
  stage: Stage,
  house: House,
  processes: Processes,
  rounds: number,
): Promise<number> {
  const context = openContext(stage.addresses("madang_release"));
  const scenes: Scene[] = [];
  try {
    for (let n = 0; n < 4 * rounds; n++) scenes.push(await announceDay(stage, house));
    for (const scene of scenes) await fillDay(stage, context, scene);
  } finally {
    await context.close();
  }
  let restarts = 0;
  const worker = house.release(stage.addresses("madang_release"));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const store of ["store-edge", "store-hub"]) {
        await sleep(150 * round);
        if (round % 2 === 0) {
          await processes.stop(store);
          await processes.start(store);
        } else await processes.kill(store);
        restarts++;
      }
    }
    await processes.ready();
    await until("all slots are settled", () => isDone(stage, scenes), PATIENCE);
  } finally {
    worker.kill("SIGKILL");
    await ending(worker);
  }
  return restarts;
}
