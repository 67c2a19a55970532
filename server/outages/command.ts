import { parseArgs } from "node:util";
import { microEpsilon } from "../../core/ledger/budget.ts";
import { parseInstant } from "../../core/time.ts";
import { OUTAGE_REASONS, type OutageReason, type OutageWish } from "../../prisma/outages.ts";

export const USAGE = `Outages of datasets, declared in public and for good.

  npm run outage -- declare --dataset DATASET --from TIME --to TIME --reason REASON --ko TEXT --en TEXT
                    [--correct [--epsilon E]] [--dry-run] [--json]
        declares that the dataset saw badly between two times that are past
        --correct   releases the windows that lie within the outage again, as a new version, when their day is sealed:
                    rows that still come late count for it. It is paid from the day's reserve; where that does not
                    bear it, the outage stands as an annotation. Only while the day is open
        --epsilon   ε of the correction; unless told the plan's, or what is left of the reserve where that is less
        --dry-run   says what would be debited and what stays, and declares nothing
  npm run outage -- list [--dataset DATASET] [--json]

REASON: ${OUTAGE_REASONS.join(" ")}
TIME: RFC 3339 with seconds and an offset, as 2026-11-21T09:00:00+09:00
Exit codes: 0 done, 1 failed, 2 wrong use`;

export type Command =
  | { verb: "help" }
  | { verb: "declare"; wish: OutageWish; dryRun: boolean; json: boolean }
  | { verb: "list"; dataset: string | null; json: boolean };

/** What was typed cannot be understood; the message says what and is for people. */
export class WrongUse extends Error {}

const OPTIONS = {
  dataset: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  reason: { type: "string" },
  ko: { type: "string" },
  en: { type: "string" },
  correct: { type: "boolean" },
  epsilon: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const ALLOWED: Record<string, readonly string[]> = {
  declare: ["dataset", "from", "to", "reason", "ko", "en", "correct", "epsilon", "dry-run", "json"],
  list: ["dataset", "json"],
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
  const json = values.json === true;
  if (verb === "list") return { verb, dataset: values.dataset ?? null, json };
  if (values.epsilon !== undefined && !values.correct) throw new WrongUse("--epsilon belongs to --correct.");
  return {
    verb: "declare",
    dryRun: values["dry-run"] === true,
    json,
    wish: {
      dataset: needed(values.dataset, "dataset"),
      period: { from: instant(values.from, "from"), to: instant(values.to, "to") },
      reason: reasonOf(needed(values.reason, "reason")),
      ko: text(values.ko, "ko"),
      en: text(values.en, "en"),
      correct: values.correct === true,
      ...(values.epsilon !== undefined && { epsilonMicro: epsilon(values.epsilon) }),
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
  if (value === undefined || value.trim() === "") throw new WrongUse(`--${name} is missing.`);
  return value.trim();
}

function text(value: string | undefined, name: string): string {
  const given = needed(value, name);
  if (given.length > 500) throw new WrongUse(`--${name} has at most 500 characters.`);
  return given;
}

function instant(value: string | undefined, name: string): number {
  const at = parseInstant(needed(value, name));
  if (at === null) throw new WrongUse(`--${name} is a time with seconds and an offset, as 2026-11-21T09:00:00+09:00.`);
  return at;
}

function reasonOf(value: string): OutageReason {
  const reason = OUTAGE_REASONS.find((one) => one === value);
  if (reason === undefined) throw new WrongUse(`--reason is one of ${OUTAGE_REASONS.join(", ")}.`);
  return reason;
}

function epsilon(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 2)) throw new WrongUse("--epsilon is a number above 0, at most 2.");
  return microEpsilon(number);
}
