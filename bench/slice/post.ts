import { setTimeout as sleep } from "node:timers/promises";
import { type Backfill, batchBytes, type SignedBatch, sendSigned, signBytes } from "../../tests/support/device.ts";
import { untilEqual } from "../../tests/support/wait.ts";
import type { Bench } from "../suite.ts";
import type { BenchCity } from "./city.ts";

/** Signs a list of readings as the next batch of one of the city's poles. */
export function nextBatch(city: BenchCity, nth: number, list: string, backfill: Backfill): SignedBatch {
  const device = city.devices[nth % city.devices.length];
  if (device === undefined) throw new Error("a city has devices");
  device.sequence += 1;
  return signBytes(device, batchBytes(device, device.sequence, list, { backfill }));
}

/**
 * Posts batches with at most `connections` under way.
 * @throws when one is not acknowledged: a figure of refused batches would be none
 */
export async function postAll({ url }: Pick<Bench, "url">, batches: readonly SignedBatch[], connections: number) {
  let next = 0;
  const one = async (): Promise<void> => {
    for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) await acknowledged(url, batch);
  };
  await Promise.all(Array.from({ length: connections }, one));
}

/** Posts one batch; waits and tries again where the hub asks for it. */
export async function acknowledged(url: string, batch: SignedBatch): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const answer = await sendSigned(url, batch);
    if (answer.status === 202) return;
    if ((answer.status !== 429 && answer.status !== 503) || attempt === 20) {
      throw new Error(`a batch got ${answer.status}: ${answer.text.slice(0, 300)}`);
    }
    await sleep(Math.min(Number(answer.headers["retry-after"] ?? 1), 2) * 1000);
  }
}

/** Waits until every batch of the city is processed; throws when one was quarantined. */
export async function processed({ databases }: Pick<Bench, "databases">, city: BenchCity, limitMs = 180_000) {
  const left = async (): Promise<number> => {
    const { rows } = await databases.edge.query<{ left: number; bad: number }>(
      `SELECT count(*) FILTER (WHERE state = 'PENDING') AS left, count(*) FILTER (WHERE state = 'QUARANTINED') AS bad
         FROM edge.batch WHERE population = $1`,
      [city.population],
    );
    if ((rows[0]?.bad ?? 0) > 0) throw new Error("a batch was quarantined");
    return rows[0]?.left ?? 0;
  };
  await untilEqual("batches left", 0, left, { limitMs, everyMs: 20 });
}
