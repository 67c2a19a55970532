import { formatInstant, localDay, wallClock, windowOf } from "../../../core/time.ts";
import { sensorSlug } from "../stations.ts";
import { type Format, refuse, wholeNumber } from "./format.ts";

const MOST_IN_AN_HOUR = 1_000_000;

/**
 * Melbourne's hourly pedestrian counts: wall-clock hours without an offset, taken as the start of the hour. The hour that
 * the clock skips in spring does not exist. The hour that it repeats in autumn is the first one when the file has it
 * once; a second row of it is the second one.
 */
export const melbourneCounts: Format = {
  columns: ["local_time", "sensor_id", "pedestrians"],
  reader(city) {
    const sensors = new Set(city.zones.filter((zone) => zone.kind === "STATION").map((zone) => zone.slug));
    const repeated = new Set<string>();
    return (column) => {
      const text = column("local_time");
      const clock = wallClock(text, city.timeZone);
      if (clock === null || clock.skipped) return refuse("ROW_TIME", "local_time");
      const sensor = sensorSlug(column("sensor_id"));
      if (!sensors.has(sensor)) return refuse("ROW_UNKNOWN_PLACE", "sensor_id");
      const value = wholeNumber(column("pedestrians"), MOST_IN_AN_HOUR);
      if (value === null) return refuse("ROW_NUMBER", "pedestrians");
      const [earlier, later] = clock.instants;
      let from = earlier;
      if (later !== undefined) {
        if (repeated.has(`${sensor} ${text}`)) from = later;
        repeated.add(`${sensor} ${text}`);
      }
      if (from === undefined) return refuse("ROW_TIME", "local_time");
      const window = windowOf(from, "PT1H", city.timeZone);
      if (window.from !== from) return refuse("ROW_TIME", "local_time");
      return {
        day: localDay(from, city.timeZone),
        key: `${sensor} ${from}`,
        reading: {
          type: "count",
          sensor,
          from: formatInstant(window.from),
          to: formatInstant(window.to),
          class: "PERSON",
          value,
        },
      };
    };
  },
};
