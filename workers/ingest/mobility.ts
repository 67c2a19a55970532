import type { ParsedOf } from "../../core/edge/batch.ts";
import { dayBounds, formatInstant, localDay, windowOf } from "../../core/time.ts";
import { cellKey, type Plan, WHOLE_CITY } from "./catalogue.ts";
import { fault, type Handler, judgeEnd, judgeTime, type Scene, zoneOf } from "./scene.ts";

type Trip = ParsedOf<"trip">;
type Availability = ParsedOf<"availability">;

/** A pair's cell is origin × 65536 + destination. */
const PAIR = 65_536;

/** A ride: a departure, and a pair of stations when it ended before its start day closes. */
export const takeTrip: Handler<Trip> = (trip, scene, sink) => {
  const wrong = judgeTime(trip.from, "from", scene) ?? judgeEnd(trip.to, scene);
  if (wrong !== null) return wrong;
  const origin = zoneOf(trip.origin, scene);
  if (origin === null) return fault("ROW_UNKNOWN_PLACE", "origin");
  const destination = zoneOf(trip.destination, scene);
  if (destination === null) return fault("ROW_UNKNOWN_PLACE", "destination");

  const { timeZone, plans, clock } = scene.feed;
  const day = localDay(trip.from, timeZone);
  const put = (plan: Plan, cell: number): void => {
    sink.contribution(plan.number, day, windowOf(trip.from, plan.step, timeZone).from, cell, trip.subject);
  };
  for (const plan of plans.DEPARTURES) {
    const hour = plan.split === "HOUR" ? hourOf(trip.from, scene) : "";
    for (const place of [WHOLE_CITY, origin]) {
      const cell = plan.cells.get(cellKey(place, hour));
      if (cell !== undefined) put(plan, cell);
    }
  }
  if (trip.to > dayBounds(day, timeZone).to + clock.latenessMs) return null;
  for (const plan of plans.ORIGIN_DESTINATION) {
    const [from, to] = [plan.cells.get(origin), plan.cells.get(destination)];
    if (from !== undefined && to !== undefined) put(plan, from * PAIR + to);
  }
  return null;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** The hour on the wall clock, "00" to "23": also right on days that the clock changes. */
function hourOf(at: number, { feed }: Scene): string {
  let format = formats.get(feed.timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: feed.timeZone, hour: "2-digit", hourCycle: "h23" });
    formats.set(feed.timeZone, format);
  }
  return format.format(at).padStart(2, "0");
}

/** Vehicles and docks of a station: a fact about things. */
export const takeAvailability: Handler<Availability> = (reading, scene, sink) => {
  const wrong = judgeTime(reading.at, "at", scene);
  if (wrong !== null) return wrong;
  const zone = zoneOf(reading.station, scene);
  if (zone === null) return fault("ROW_UNKNOWN_PLACE", "station");
  const { vehicles, docks } = reading;
  const at = formatInstant(reading.at);
  for (const dataset of scene.feed.availabilityDatasets) {
    sink.fact("AVAILABILITY", `${dataset}\n${zone}\n${at}`, { dataset, zone, at, vehicles, docks });
  }
  return null;
};
