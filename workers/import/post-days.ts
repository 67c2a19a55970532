import { setTimeout as sleep } from "node:timers/promises";
import type { Backfill } from "../../prisma/cities/history.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Credentials } from "../device/credentials.ts";
import { deliver } from "../device/deliver.ts";
import { ImportFault } from "./fault.ts";
import { daysOf } from "./period.ts";
import type { Rejects } from "./rejects.ts";
import { sequenceOf, sequencesOf } from "./sequence.ts";
import type { Spool } from "./spool.ts";

const days = statement(new URL("./days.sql", import.meta.url));
const sent = statement(new URL("./sent.sql", import.meta.url));

/** Readings of a batch, and its bytes: below the limits of the wire format. */
const BATCH_READINGS = 5_000;
const BATCH_BYTES = 3 * 1024 * 1024;
/**
 * Days on their way at once: as many as the hub opens (rule P19). A day that came earlier would only wait in its inbox,
 * and be found later than one that comes when its turn is there.
 */
const OPEN_DAYS = 2;
const POLL_MS = 15;
/** How long a day may take from its end marker to its sealing before the import gives up waiting. */
const STUCK_MS = 120_000;

export type PostOptions = {
  readonly url: string;
  readonly edge: Pool;
  readonly credentials: Credentials;
  readonly feed: string;
  readonly population: number;
  readonly backfill: Backfill;
  readonly file: string;
  readonly spool: Spool;
  readonly rejects: Rejects;
  readonly signal: AbortSignal;
  readonly onDay: (sealed: number) => void;
  readonly onWait: () => void;
};

type DayRow = { day: string; backfill: string | null; state: "OPEN" | "SEALED"; destroyed: boolean };

/** Cuts a day's readings into JSON arrays. A day without readings is one empty array. */
export function batchesOf(readings: readonly string[]): string[] {
  const batches: string[] = [];
  let part: string[] = [];
  let bytes = 0;
  for (const json of readings) {
    const size = Buffer.byteLength(json);
    if (part.length === BATCH_READINGS || bytes + size > BATCH_BYTES) {
      batches.push(`[${part.join(",")}]`);
      part = [];
      bytes = 0;
    }
    part.push(json);
    bytes += size + 1;
  }
  return [...batches, `[${part.join(",")}]`];
}

/**
 * Sends the days of a backfill in order, each with its end marker, and waits until all are sealed. The next day is
 * sent while a day is being sealed. Days that are sealed and batches that were acknowledged before are not sent again.
 * @throws ImportFault when the hub refuses a batch or a day is not sealed in time; AbortError
 */
export async function postDays(options: PostOptions): Promise<void> {
  const { edge, backfill, population, signal, spool, rejects, file } = options;
  const all = daysOf(backfill);
  const [from, to] = sequencesOf(backfill.fileSha256);
  const known = await edge.query<{ sequence: number }>({ ...sent, values: [options.credentials.device, from, to] });
  const acknowledged = new Set(known.rows.map((row) => row.sequence));
  const state = async (first: string): Promise<Map<string, DayRow>> => {
    const { rows } = await edge.query<DayRow>({ ...days, values: [population, first, backfill.lastDay] });
    return new Map(rows.map((row) => [row.day, row]));
  };

  let before = await state(backfill.firstDay);
  let sealed = 0;
  let open: string[] = [];
  const settle = async (most: number): Promise<void> => {
    for (const end = Date.now() + STUCK_MS; open.length > most; ) {
      signal.throwIfAborted();
      const [first] = open;
      if (first === undefined) return;
      const now = await state(first);
      const left = open.filter((day) => now.get(day)?.state !== "SEALED");
      sealed += open.length - left.length;
      options.onDay(sealed);
      open = left;
      if (open.length <= most) return;
      if (Date.now() > end) {
        throw new ImportFault(
          `the hub has not sealed ${first} in ${STUCK_MS / 1000} s; see npm run status, then run this again`,
        );
      }
      await sleep(POLL_MS, undefined, { signal });
    }
  };

  for (const day of all) {
    const { readings, repeated } = spool.read(day);
    for (const line of repeated) rejects.add(file, line, "ROW_DUPLICATE", "");
    const stands = before.get(day);
    if (stands?.state === "SEALED") {
      sealed++;
      if (stands.backfill !== backfill.id) rejects.count("DAY_SEALED", readings.length);
      continue;
    }
    await settle(OPEN_DAYS - 1);
    const batches = batchesOf(readings);
    let isSealed = false;
    for (const [part, json] of batches.entries()) {
      const sequence = sequenceOf(backfill.fileSha256, day, part);
      if (acknowledged.has(sequence)) continue;
      const end = part === batches.length - 1;
      isSealed = (await postBatch(options, day, sequence, json, end)) === "SEALED";
      if (isSealed) break;
    }
    if (isSealed) {
      rejects.count("DAY_SEALED", readings.length);
      sealed++;
      before = await state(day);
    } else open.push(day);
  }
  await settle(0);
}

async function postBatch(
  { url, credentials, feed, backfill, signal, onWait }: PostOptions,
  day: string,
  sequence: number,
  json: string,
  end: boolean,
): Promise<"TAKEN" | "SEALED"> {
  const head = { feed, sequence, time: Date.now(), backfill: { id: backfill.id, day, ...(end && { end }) } };
  for (;;) {
    const { status, code, detail } = await deliver(url, credentials, head, json, { signal, onRetry: onWait });
    if (status === 202) return "TAKEN";
    if (code === "DAY_SEALED") return "SEALED";
    if (code !== "DAY_NOT_OPEN")
      throw new ImportFault(`the hub refused ${day}: ${code ?? status} ${detail ?? ""}`.trim());
    onWait();
    await sleep(200, undefined, { signal });
  }
}
