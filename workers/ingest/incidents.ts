import type { ParsedOf } from "../../core/edge/batch.ts";
import { formatInstant, localDay, windowOf } from "../../core/time.ts";
import { cellKey } from "./catalogue.ts";
import { contribute, fault, type Handler, judgePosition, judgeTime, zoneOf } from "./scene.ts";

type Incident = ParsedOf<"incident">;
type Event = ParsedOf<"event">;

/** Person-related or a crash: counted by place, and by kind where the plan splits; never published as a row (P14). */
export const takeIncident: Handler<Incident> = (incident, scene, sink) => {
  const wrong = judgeTime(incident.at, "at", scene);
  if (wrong !== null) return wrong;
  const zone = zoneOf(incident.zone, scene);
  if (zone === null) return fault("ROW_UNKNOWN_PLACE", "zone");
  const { timeZone, plans } = scene.feed;
  const day = localDay(incident.at, timeZone);
  for (const plan of plans.INCIDENTS) {
    const cell = plan.cells.get(cellKey(zone, plan.split === "CATEGORY" ? incident.category : ""));
    if (cell === undefined) continue;
    contribute(plan, day, windowOf(incident.at, plan.step, timeZone).from, cell, incident.subject, scene, sink);
  }
  return null;
};

/** Road works and the like may be told long before and after; only nonsense is refused. */
const EVENT_SPAN_MS = 10 * 366 * 86_400_000;

/** Something about a thing: a fact on its way to the public, with its revision. */
export const takeEvent: Handler<Event> = (event, scene, sink) => {
  if (Math.abs(event.from - scene.receivedAt) > EVENT_SPAN_MS) return fault("ROW_TIME", "from");
  const zone = zoneOf(event.zone, scene);
  if (zone === null) return fault("ROW_UNKNOWN_PLACE", "zone");
  const outside = judgePosition(event.longitude, event.latitude, scene);
  if (outside !== null) return outside;
  const { key, revision, category, severity, urgency, certainty } = event;
  for (const dataset of scene.feed.eventDatasets) {
    sink.fact("EVENT", `${dataset}\n${key}\n${revision}`, {
      dataset,
      key,
      revision,
      category,
      severity,
      urgency,
      certainty,
      startsAt: formatInstant(event.from),
      endsAt: event.to === undefined || event.to === null ? null : formatInstant(event.to),
      zone,
      geometry: { type: "Point", coordinates: [event.longitude, event.latitude] },
    });
  }
  return null;
};
