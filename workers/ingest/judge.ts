import { type ParsedReading, parseReading } from "../../core/edge/batch.ts";
import { canonicalise } from "../../core/privacy/pseudonym.ts";
import { takeCount, takeTrack } from "./crowd.ts";
import { takeEvent, takeIncident } from "./incidents.ts";
import { takeAvailability, takeTrip } from "./mobility.ts";
import { takeReport } from "./reports.ts";
import { createRows, type Rows } from "./rows.ts";
import { type Fault, fault, judgeTime, type Scene, type Sink } from "./scene.ts";

export type Refused = Fault & { readonly reading: number };
export type Judged = { readonly rows: Rows; readonly refused: Refused[] };

/** Reasons that a newer catalogue may take back. */
const UNKNOWN: ReadonlySet<string> = new Set(["ROW_UNKNOWN_MODEL", "ROW_UNKNOWN_PLACE", "ROW_UNKNOWN_KIND"]);

/** Whether a refusal rests on what the catalogue did not hold. */
export const mayBeNews = (refused: readonly Refused[]): boolean => refused.some(({ reason }) => UNKNOWN.has(reason));

/**
 * Judges the readings of a batch one by one: a bad one is refused with its reason, the others go on.
 * @param readings as they came, in order
 */
export function judgeReadings(readings: readonly unknown[], scene: Scene): Judged {
  const { rows, sink, at } = createRows();
  const refused: Refused[] = [];
  readings.forEach((value, reading) => {
    at(reading);
    const result = parseReading(value);
    const wrong = result.ok ? take(result.reading, scene, sink) : fault(result.reason, result.field);
    if (wrong !== null) refused.push({ reading, ...wrong });
  });
  return { rows, refused };
}

function take(reading: ParsedReading, scene: Scene, sink: Sink): Fault | null {
  if (!scene.feed.readingTypes.has(reading.type)) return fault("ROW_UNKNOWN_KIND", "type");
  if ("subject" in reading && !usable(reading.subject)) return fault("ROW_INVALID", "subject.id");
  switch (reading.type) {
    case "heartbeat": {
      const wrong = judgeTime(reading.at, "at", scene);
      if (wrong === null) sink.heartbeat(reading.at);
      return wrong;
    }
    case "track":
      return takeTrack(reading, scene, sink);
    case "count":
      return takeCount(reading, scene, sink);
    case "trip":
      return takeTrip(reading, scene, sink);
    case "availability":
      return takeAvailability(reading, scene, sink);
    case "incident":
      return takeIncident(reading, scene, sink);
    case "event":
      return takeEvent(reading, scene, sink);
    case "report":
      return takeReport(reading, scene, sink);
  }
}

/** Plain text with a letter or digit always leaves something to hash; the rest is tried. */
const PLAIN = /^[\x20-\x7e]*[A-Za-z0-9][\x20-\x7e]*$/;

function usable({ kind, id }: { kind: string; id: string }): boolean {
  if (PLAIN.test(id)) return true;
  try {
    canonicalise(kind, id);
    return true;
  } catch {
    return false;
  }
}
