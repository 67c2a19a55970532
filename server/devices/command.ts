import { parseArgs } from "node:util";
import { DEVICE_KINDS, type DeviceKind, type NewDevice, OVERLAP_SECONDS } from "../../prisma/devices.ts";

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
  | { verb: "help" }
  | { verb: "add"; device: NewDevice }
  | { verb: "list"; json: boolean }
  | { verb: "rotate"; id: string; overlapSeconds: number }
  | { verb: "revoke"; id: string };

/** What was typed cannot be understood; the message says what and is for people. */
export class WrongUse extends Error {}

const OPTIONS = {
  id: { type: "string" },
  city: { type: "string" },
  feed: { type: "string", multiple: true },
  kind: { type: "string" },
  zone: { type: "string" },
  overlap: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const ALLOWED: Record<string, readonly string[]> = {
  add: ["id", "city", "feed", "kind", "zone"],
  list: ["json"],
  rotate: ["id", "overlap"],
  revoke: ["id"],
};

/**
 * Reads the command line.
 * @throws WrongUse
 */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [verb, ...rest] = positionals;
  if (values.help || verb === "help") return { verb: "help" };
  const allowed = ALLOWED[verb ?? ""];
  if (allowed === undefined) throw new WrongUse(verb === undefined ? "Say what to do." : `"${verb}" is not a command.`);
  if (rest.length > 0) throw new WrongUse(`"${rest[0]}" is one word too many.`);
  const foreign = Object.keys(values).find((name) => !allowed.includes(name));
  if (foreign !== undefined) throw new WrongUse(`--${foreign} does not belong to ${verb}.`);
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

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw new WrongUse(`--${name} is missing.`);
  return value;
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
