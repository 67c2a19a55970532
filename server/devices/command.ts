import { DEVICE_KINDS, type DeviceKind, type NewDevice, OVERLAP_SECONDS } from "../../prisma/devices.ts";
import { needed, readVerb, WrongUse } from "../../runtime/command-line.ts";

export const USAGE = `Devices of the hub.

  npm run device -- add --id ID --city CITY --feed FEED [--feed FEED …] [--kind KIND] [--zone ZONE]
        registers a device and prints, this once, what it needs: id, key, hub address, feed (JSON)
  npm run device -- list [--json]
  npm run device -- rotate --id ID [--overlap SECONDS]
        a new key; the old one stays valid for the overlap (${OVERLAP_SECONDS} s unless told)
  npm run device -- revoke --id ID
        refused within a second, for ever

KIND: ${DEVICE_KINDS.join(" ")}
ZONE: the slug of a zone of the city, where the device stands
Exit codes: 0 done, 1 failed, 2 wrong use`;

export type Command =
  | { verb: "add"; device: NewDevice }
  | { verb: "list"; json: boolean }
  | { verb: "rotate"; id: string; overlapSeconds: number }
  | { verb: "revoke"; id: string };

const OPTIONS = {
  id: { type: "string" },
  city: { type: "string" },
  feed: { type: "string", multiple: true },
  kind: { type: "string" },
  zone: { type: "string" },
  overlap: { type: "string" },
  json: { type: "boolean" },
} as const;

const ALLOWED = {
  add: ["id", "city", "feed", "kind", "zone"],
  list: ["json"],
  rotate: ["id", "overlap"],
  revoke: ["id"],
} as const;

/**
 * Reads the command line.
 * @returns null when help is asked for
 * @throws WrongUse
 */
export function readCommand(args: readonly string[]): Command | null {
  const read = readVerb(args, OPTIONS, ALLOWED);
  if (read === null) return null;
  const { verb, values } = read;
  if (verb === "list") return { verb, json: values.json === true };
  const id = needed(values.id, "id");
  if (verb === "revoke") return { verb, id };
  if (verb === "rotate") return { verb, id, overlapSeconds: seconds(values.overlap) };
  return {
    verb: "add",
    device: {
      id,
      city: needed(values.city, "city"),
      feeds: values.feed ?? [needed(undefined, "feed")],
      ...(values.kind !== undefined && { kind: kindOf(values.kind) }),
      ...(values.zone !== undefined && { zone: values.zone }),
    },
  };
}

function seconds(text: string | undefined): number {
  if (text === undefined) return OVERLAP_SECONDS;
  if (!/^\d{1,7}$/.test(text)) throw new WrongUse("--overlap is a number of seconds.");
  return Number(text);
}

function kindOf(text: string): DeviceKind {
  const kind = DEVICE_KINDS.find((one) => one === text);
  if (kind === undefined) throw new WrongUse(`--kind is one of ${DEVICE_KINDS.join(", ")}.`);
  return kind;
}
