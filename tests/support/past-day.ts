import { randomInt } from "node:crypto";
import { dayBounds } from "../../core/time.ts";
import { addDevice, declareBackfill, makeCity, presence, type TestCity } from "./city.ts";
import { type Device, makeDevice } from "./device.ts";
import type { Hub } from "./hub.ts";
import { heartbeat } from "./readings.ts";
import { until } from "./wait.ts";

/** A day of the past, of a city of its own: open until it is told to end. */
export type PastDay = {
  readonly city: TestCity;
  readonly device: Device;
  readonly day: string;
  /** The declaration, for batches of the day. */
  readonly backfill: { readonly id: string; readonly day: string };
  /** The day's first hour, epoch ms. */
  readonly at: number;
  /** Ends the day and waits until its keys are destroyed and its chunks dropped. */
  end(): Promise<void>;
};

export async function openPastDay(hub: Hub): Promise<PastDay> {
  const city = await makeCity(hub.hub, { timeZone: "UTC", ...presence() });
  const device = makeDevice(hub.url, await addDevice(hub.hub, city));
  // A day that no other population shares: its chunks are dropped with it.
  const day = new Date(Date.UTC(1971, 0, randomInt(10_000))).toISOString().slice(0, 10);
  const backfill = { id: await declareBackfill(hub.hub, city, day), day };
  return {
    city,
    device,
    day,
    backfill,
    at: dayBounds(day, "UTC").from + 3_600_000,
    async end() {
      await device.deliver([heartbeat(dayBounds(day, "UTC").from)], { ...backfill, end: true });
      await until(
        "the day's keys are destroyed",
        async () => {
          const { rowCount } = await hub.edge.query(
            "SELECT FROM edge.population_day WHERE population = $1 AND day = $2 AND key_destroyed_at IS NOT NULL",
            [city.population, day],
          );
          return rowCount === 1;
        },
        { limitMs: 60_000 },
      );
    },
  };
}
