import { microEpsilon } from "../../core/ledger/budget.ts";
import { parseInstant } from "../../core/time.ts";
import { OUTAGE_REASONS, type OutageReason, type OutageWish } from "../../prisma/outages.ts";
import { needed, readVerb, WrongUse } from "../../runtime/command-line.ts";

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
  | { verb: "declare"; wish: OutageWish; dryRun: boolean; json: boolean }
  | { verb: "list"; dataset: string | null; json: boolean };

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
} as const;

const ALLOWED = {
  declare: ["dataset", "from", "to", "reason", "ko", "en", "correct", "epsilon", "dry-run", "json"],
  list: ["dataset", "json"],
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
