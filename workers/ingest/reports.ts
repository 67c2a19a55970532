import type { ParsedOf } from "../../core/edge/batch.ts";
import { blockOf } from "../../core/incidents/block.ts";
import { redact } from "../../core/incidents/redact.ts";
import { setOf, snap } from "../../core/incidents/snap.ts";
import { localDay } from "../../core/time.ts";
import { streamKey } from "./catalogue.ts";
import { fault, type Handler, judgePosition, judgeTime, type Scene } from "./scene.ts";

type Report = ParsedOf<"report">;

/**
 * A sensitive thing as one source tells it (rule P14): kept in the restricted database, in the cell of its snap point and
 * block. Whether anything of the cell is published is decided there, when the block is a day old.
 */
export const takeReport: Handler<Report> = ({ type: _, subject, note, ...told }, scene, sink) => {
  const wrong = judgeTime(told.at, "at", scene);
  if (wrong !== null) return wrong;
  const outside = judgePosition(told.longitude, told.latitude, scene);
  if (outside !== null) return outside;
  // A device speaks for itself alone: ids of devices are public, and one could speak for all.
  if (subject.kind === "device" && subject.id !== scene.device) return fault("ROW_INVALID", "subject.id");
  const { timeZone, snapSets, plans } = scene.feed;
  const day = localDay(told.at, timeZone);
  const set = setOf(snapSets, day);
  // Without points no place can be told, and without a plan no day of the population is ever opened or sealed.
  if (set === null || plans.all.size === 0) return fault("ROW_UNKNOWN_KIND", "type");
  sink.report({
    day,
    subject,
    verified: isVerified(told.source, scene),
    snapVersion: set.version,
    point: snap([told.longitude, told.latitude], set)?.slug ?? "",
    block: blockOf(told.at, timeZone),
    told,
    note: note === undefined ? null : redact(note).text,
  });
  return null;
};

/** The batch is signed by a registered device: it is itself a source, and of accounts a witness where it has that right. */
function isVerified(source: Report["source"], { catalogue, device, feed }: Scene): boolean {
  if (source === "DEVICE" || source === "AGENCY") return true;
  return source === "ACCOUNT" && catalogue.vouchers.has(streamKey(device, feed.id));
}
