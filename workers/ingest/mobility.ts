import type { ParsedOf } from "../../core/edge/batch.ts";
import { dayBounds, formatInstant, localDay, localHour, windowOf } from "../../core/time.ts";
import { cellKey, type Plan, WHOLE_CITY } from "./catalogue.ts";
import { contribute, fault, type Handler, judgeEnd, judgeTime, zoneOf } from "./scene.ts";

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
    contribute(plan, day, windowOf(trip.from, plan.step, timeZone).from, cell, trip.subject, scene, sink);
  };
  for (const plan of plans.DEPARTURES) {
    const hour = plan.split === "HOUR" ? String(localHour(trip.from, timeZone)).padStart(2, "0") : "";
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
