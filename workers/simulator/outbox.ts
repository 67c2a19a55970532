import type { Reading } from "../../core/edge/batch.ts";

/** What a reading is about decides the feed that it goes to. */
export type Topic = "track-people" | "track-vehicles" | "trip" | "availability" | "event" | "incident" | "report";

/** The feed of each topic in the sample city's configuration. */
export const FEEDS: Record<Topic, string> = {
  "track-people": "sangmu-people",
  "track-vehicles": "sangmu-vehicles",
  trip: "sangmu-bike-trips",
  availability: "sangmu-bike-availability",
  event: "sangmu-events",
  incident: "sangmu-person-incidents",
  report: "sangmu-reports",
};

export type Parcel = { readonly device: string; readonly feed: string; readonly readings: Reading[] };

/** Collects readings by device and feed until they are taken away. */
export type Outbox = {
  add(device: string, topic: Topic, reading: Reading): void;
  take(): Parcel[];
};

export function createOutbox(): Outbox {
  let parcels = new Map<string, Parcel>();
  const add = (device: string, topic: Topic, reading: Reading): void => {
    const feed = FEEDS[topic];
    const key = `${device} ${feed}`;
    const parcel = parcels.get(key);
    if (parcel === undefined) parcels.set(key, { device, feed, readings: [reading] });
    else parcel.readings.push(reading);
  };
  return {
    add,
    take() {
      const taken = [...parcels.values()];
      parcels = new Map();
      return taken;
    },
  };
}

/** Cuts a list into parts of at most `size`. */
export function parts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
