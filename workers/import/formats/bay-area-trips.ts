import { formatInstant, localDay, parseInstant } from "../../../core/time.ts";
import { stationSlug } from "../stations.ts";
import { type Format, refuse, wholeNumber } from "./format.ts";

const YEAR_SECONDS = 366 * 86_400;

/**
 * Bay Area Bike Share trips of 2014. The rider's postcode (free text) and the bike's number are not read at all: a trip's
 * subject is the file and the row. A trip belongs to the local day on which it starts, however long it lasts.
 */
export const bayAreaTrips: Format = {
  columns: ["trip_id", "start_time", "end_time", "duration_s", "start_station_id", "end_station_id"],
  reader(city) {
    const stations = new Set(city.zones.filter((zone) => zone.kind === "STATION").map((zone) => zone.slug));
    return (column, subject) => {
      const from = parseInstant(column("start_time"));
      if (from === null) return refuse("ROW_TIME", "start_time");
      const to = parseInstant(column("end_time"));
      if (to === null || to < from) return refuse("ROW_TIME", "end_time");
      const seconds = wholeNumber(column("duration_s"), YEAR_SECONDS);
      if (seconds === null || seconds === 0) return refuse("ROW_NUMBER", "duration_s");
      const trip = wholeNumber(column("trip_id"), Number.MAX_SAFE_INTEGER);
      if (trip === null) return refuse("ROW_NUMBER", "trip_id");
      const origin = stationSlug(column("start_station_id"));
      if (!stations.has(origin)) return refuse("ROW_UNKNOWN_PLACE", "start_station_id");
      const destination = stationSlug(column("end_station_id"));
      if (!stations.has(destination)) return refuse("ROW_UNKNOWN_PLACE", "end_station_id");
      return {
        day: localDay(from, city.timeZone),
        key: String(trip),
        reading: {
          type: "trip",
          subject: { kind: "trip", id: subject },
          vehicle: "BICYCLE",
          from: formatInstant(from),
          to: formatInstant(to),
          origin,
          destination,
        },
      };
    };
  },
};
