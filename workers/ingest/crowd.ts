import type { ParsedOf } from "../../core/edge/batch.ts";
import { cell } from "../../core/geo/cell.ts";
import { binOf } from "../../core/privacy/bins.ts";
import { localDay, windowOf } from "../../core/time.ts";
import { cellKey, type Plan } from "./catalogue.ts";
import {
  contribute,
  dayCounts,
  dayOfWindow,
  type Fault,
  fault,
  type Handler,
  judgeEnd,
  judgePosition,
  judgeTime,
  type Scene,
  type Sink,
  touchedWindows,
  zoneOf,
} from "./scene.ts";

type Track = ParsedOf<"track">;
type Count = ParsedOf<"count">;

/** Resolution of the cells that presence is counted in: about 0.1 km². */
const PRESENCE_RESOLUTION = 9;

/** A piece of somebody's way: presence in cells, occupancy of plazas, passages of segments. */
export const takeTrack: Handler<Track> = (given, scene, sink) => {
  const { catalogue, feed } = scene;
  if (!catalogue.models.has(given.model)) return fault("ROW_UNKNOWN_MODEL", "model");
  const track = cut(given, scene);
  if ("reason" in track) return track;
  const outside = judgePosition(track.longitude, track.latitude, scene);
  if (outside !== null) return outside;
  const zone = track.zone === undefined ? null : zoneOf(track.zone, scene);
  if (track.zone !== undefined && zone === null) return fault("ROW_UNKNOWN_PLACE", "zone");

  const { PRESENCE, OCCUPANCY, PASSAGES, SPEED, DWELL } = feed.plans;
  if (PRESENCE.length > 0) takePresence(track, scene, sink);
  if (zone === null) return null;
  for (const plan of OCCUPANCY) takeOccupancy(plan, track, zone, scene, sink);
  for (const plan of PASSAGES) takeOnce(plan, plan.cells.get(zone), track, scene, sink);
  takeBin(SPEED, track.speed, track, zone, scene, sink);
  takeBin(DWELL, track.dwell, track, zone, scene, sink);
  return null;
};

/** Counts in the window that the track begins in. */
function takeOnce(plan: Plan, place: number | undefined, track: Track, scene: Scene, sink: Sink): void {
  if (place === undefined || !counted(plan, track)) return;
  put(plan, windowOf(track.from, plan.step, scene.feed.timeZone).from, place, track, scene, sink);
}

/** A histogram counts units by place and bin (rule P7): a value itself is never summed or kept. */
function takeBin(
  plans: readonly Plan[],
  value: number | undefined,
  track: Track,
  zone: string,
  scene: Scene,
  sink: Sink,
): void {
  if (value === undefined) return;
  for (const plan of plans) {
    takeOnce(plan, plan.cells.get(cellKey(zone, binOf(plan.binEdges, value))), track, scene, sink);
  }
}

/** A long segment of which a part is too old or ahead of us counts with the rest. */
function cut(track: Track, scene: Scene): Track | Fault {
  if (scene.backfillDay !== null) return judgeTime(track.from, "from", scene) ?? judgeEnd(track.to, scene) ?? track;
  const { latenessMs, skewMs } = scene.feed.clock;
  const earliest = scene.receivedAt - latenessMs;
  const latest = scene.receivedAt + skewMs;
  if (track.to < earliest) return fault("ROW_TOO_OLD", "to");
  if (track.from > latest) return fault("ROW_FUTURE", "from");
  if (track.from >= earliest && track.to <= latest) return track;
  return { ...track, from: Math.max(track.from, earliest), to: Math.min(track.to, latest) };
}

const counted = (plan: Plan, { class: kind }: { class: string }): boolean =>
  plan.classes === null || plan.classes.has(kind);

function takePresence(track: Track, scene: Scene, sink: Sink): void {
  const h3 = cell(track.longitude, track.latitude, PRESENCE_RESOLUTION);
  for (const plan of scene.feed.plans.PRESENCE) {
    const place = counted(plan, track) ? plan.cells.get(h3) : undefined;
    if (place === undefined) continue;
    for (const start of touchedWindows(track.from, track.to, plan.step, scene.feed.timeZone)) {
      put(plan, start, place, track, scene, sink);
    }
  }
}

/** Inside at the public instant that a window starts with, so that staying long does not inflate it. */
function takeOccupancy(plan: Plan, track: Track, zone: string, scene: Scene, sink: Sink): void {
  const place = counted(plan, track) ? plan.cells.get(zone) : undefined;
  if (place === undefined) return;
  const { timeZone } = scene.feed;
  const first = windowOf(track.from, plan.step, timeZone);
  let start = first.from === track.from ? first.from : first.to;
  for (; start < track.to; start = windowOf(start, plan.step, timeZone).to) {
    put(plan, start, place, track, scene, sink);
  }
}

function put(plan: Plan, start: number, place: number, track: Track, scene: Scene, sink: Sink): void {
  const day = dayOfWindow(plan.step, start, track.from, scene.feed.timeZone);
  if (dayCounts(day, scene)) contribute(plan, day, start, place, track.subject, scene, sink);
}

/** What a counter counted in one window of a plan. */
export const takeCount: Handler<Count> = (count, scene, sink) => {
  const wrong = judgeTime(count.from, "from", scene) ?? judgeEnd(count.to, scene);
  if (wrong !== null) return wrong;
  const sensor = zoneOf(count.sensor, scene);
  if (sensor === null) return fault("ROW_UNKNOWN_PLACE", "sensor");
  const { timeZone, plans } = scene.feed;
  for (const plan of plans.COUNTER) {
    const place = counted(plan, count) ? plan.cells.get(sensor) : undefined;
    if (place === undefined) continue;
    const window = windowOf(count.from, plan.step, timeZone);
    if (window.from !== count.from || window.to !== count.to) continue;
    sink.counter(plan.number, localDay(count.from, timeZone), window.from, place, count.value);
  }
  return null;
};
