import type { ParsedOf } from "../../core/edge/batch.ts";
import { uuidOf } from "../../core/ids.ts";
import type { TimeWindow } from "../../core/time.ts";
import type { Sink, Subject } from "./scene.ts";

/** A contribution before and after its subject becomes a pseudonym. */
export type Contribution = {
  readonly plan: number;
  readonly day: string;
  readonly windowStart: number;
  readonly cell: number;
  /** the part of the day that its plan bounds it in */
  readonly stratum: number;
  /** position of the reading in its batch */
  readonly reading: number;
  readonly subject: Subject;
};
export type Pseudonymous = Omit<Contribution, "subject"> & { readonly pseudonym: Buffer };
export type Counter = Omit<Contribution, "subject" | "stratum"> & { readonly value: number };
export type Fact = { readonly id: string; readonly kind: "EVENT" | "AVAILABILITY"; readonly body: string };

/** A report before and after its source becomes a pseudonym, with the cell that it falls in. */
export type Report = {
  readonly day: string;
  /** position of the reading in its batch */
  readonly reading: number;
  readonly subject: Subject;
  /** a registered device that speaks for itself, or an account that it may vouch for */
  readonly verified: boolean;
  readonly snapVersion: number;
  /** slug of the snap point; empty where none is near */
  readonly point: string;
  readonly block: TimeWindow;
  readonly told: Omit<ParsedOf<"report">, "type" | "subject" | "note">;
  /** after redaction */
  readonly note: string | null;
};
export type PseudonymousReport = Omit<Report, "subject"> & {
  readonly id: string;
  readonly source: Buffer;
};

/** What the readings of one batch come to. */
export type Rows = {
  readonly contributions: Contribution[];
  readonly counters: Counter[];
  readonly heartbeats: number[];
  readonly facts: Fact[];
  readonly reports: Report[];
};

/** Collects what the domains make of the readings; `at` says which reading comes next. */
export function createRows(): { rows: Rows; sink: Sink; at: (reading: number) => void } {
  const rows: Rows = { contributions: [], counters: [], heartbeats: [], facts: [], reports: [] };
  let reading = 0;
  return {
    rows,
    at(position) {
      reading = position;
    },
    sink: {
      contribution(plan, day, windowStart, cell, stratum, subject) {
        rows.contributions.push({ plan, day, windowStart, cell, stratum, reading, subject });
      },
      counter(plan, day, windowStart, cell, value) {
        rows.counters.push({ plan, day, windowStart, cell, reading, value });
      },
      heartbeat(at) {
        rows.heartbeats.push(at);
      },
      fact(kind, key, fact) {
        // The same fact has the same id, whoever sends it and however often.
        const id = uuidOf(`madang.fact\n${kind}\n${key}`);
        rows.facts.push({ id, kind, body: JSON.stringify(kind === "EVENT" ? { id, ...fact } : fact) });
      },
      report(report) {
        rows.reports.push({ ...report, reading });
      },
    },
  };
}

/** The report of a source under its pseudonym; telling it twice in one batch is telling it once. */
export function pseudonymousReport(
  { subject: _, ...rest }: Report,
  source: Buffer,
  population: number,
): PseudonymousReport {
  const { key, revision } = rest.told;
  const id = uuidOf(`madang.report\n${population}\n${rest.day}\n${source.toString("hex")}\n${key}\n${revision}`);
  return { ...rest, id, source };
}

type Key = Omit<Contribution, "subject" | "stratum" | "reading">;

const byKey = (a: Key, b: Key): number =>
  a.plan - b.plan || (a.day === b.day ? 0 : a.day < b.day ? -1 : 1) || a.windowStart - b.windowStart || a.cell - b.cell;

/**
 * The order in which every worker inserts (a plan's stratum follows from its window): two transactions with the same rows then wait for each other in a line and
 * never in a circle.
 */
export const byUnit = (a: Pseudonymous, b: Pseudonymous): number => byKey(a, b) || a.pseudonym.compare(b.pseudonym);
export const byCounter = (a: Counter, b: Counter): number => byKey(a, b);

/** Sorts, and leaves the first of equal rows. */
export function sortUnique<T>(rows: readonly T[], order: (a: T, b: T) => number): T[] {
  const sorted = rows.toSorted(order);
  return sorted.filter((row, index) => {
    const before = sorted[index - 1];
    return before === undefined || order(before, row) !== 0;
  });
}
