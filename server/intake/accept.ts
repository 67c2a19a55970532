import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type BatchHeader, parseBatchHeader } from "../../core/edge/batch.ts";
import { type Envelope, sealBatch } from "../../core/edge/envelope.ts";
import { verify } from "../../core/edge/signature.ts";
import { HubError } from "../../core/errors.ts";
import { uuid7 } from "../../core/ids.ts";
import { localDay } from "../../core/time.ts";
import { type createBodies, judgeBodyHeaders, parseBody } from "./body.ts";
import type { createInbox, Receipt } from "./inbox.ts";
import type { createPublicKeys } from "./public-keys.ts";
import type { createRateLimit } from "./rate.ts";
import type { FeedEntry, Registry } from "./registry.ts";
import type { Tickets } from "./tickets.ts";

/** A signature holds two minutes to either side of our clock. */
const CREATED_WINDOW_SECONDS = 120;

export type Doors = {
  bodies: ReturnType<typeof createBodies>;
  registry: Registry;
  inbox: ReturnType<typeof createInbox>;
  publicKeys: ReturnType<typeof createPublicKeys>;
  rateLimit: ReturnType<typeof createRateLimit>;
  tickets: Tickets;
  clock: () => number;
};

/**
 * Takes one batch: limits, signature, head, right, rate, seal, durable. What it returns is durable.
 *
 * The body is in this process's memory only until then, and nobody here can open what was stored (rule P10).
 * @throws HubError with what to answer
 */
export async function acceptBatch(doors: Doors, request: IncomingMessage): Promise<Receipt> {
  judgeBodyHeaders(request);
  return doors.bodies.take(request, (body) => acceptBody(doors, request, body));
}

async function acceptBody(doors: Doors, request: IncomingMessage, body: Buffer): Promise<Receipt> {
  const { device } = await verify(
    { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body },
    (keyId) => signingDevice(doors.registry, keyId),
    Math.floor(doors.clock() / 1000),
    CREATED_WINDOW_SECONDS,
    CREATED_WINDOW_SECONDS,
  );
  doors.rateLimit(device.device);
  const header = parseBatchHeader(parseBody(body));
  const feed = await authorise(doors.registry, device, header);
  const keyDay = await dayOf(doors, header, feed);
  const envelope: Envelope = {
    batch: uuid7(),
    population: feed.population,
    feed: header.feed,
    device: device.device,
    keyDay,
    backfill: header.backfill?.id ?? null,
  };
  return store(doors, header, envelope, body);
}

async function signingDevice(registry: Registry, keyId: string) {
  const key = await registry.key(keyId);
  if (key?.revoked) throw new HubError("DEVICE_REVOKED", undefined, { field: "signature-input" });
  return key === undefined ? undefined : { ...key, keyId };
}

type Signer = NonNullable<Awaited<ReturnType<typeof signingDevice>>>;

async function authorise(registry: Registry, signer: Signer, header: BatchHeader): Promise<FeedEntry> {
  if (header.device !== signer.device) {
    throw new HubError("STREAM_FORBIDDEN", "The batch names another device than the one that signed.", {
      field: "device",
      rule: "the device whose key signed",
      fix: "send the id that the device was registered with",
    });
  }
  const allowed = await registry.mayWrite(signer.keyId, header.feed);
  const feed = allowed ? await registry.feed(header.feed) : undefined;
  if (feed === undefined) {
    throw new HubError("STREAM_FORBIDDEN", undefined, { field: "feed", rule: "a feed that the device may write to" });
  }
  return feed;
}

/** The day whose key seals the batch: of receipt, or the events' day of a declared backfill. */
async function dayOf({ registry, clock }: Doors, header: BatchHeader, feed: FeedEntry): Promise<string> {
  if (header.backfill === undefined) return localDay(clock(), feed.timeZone);
  const { id, day } = header.backfill;
  const declared = await registry.backfill(id);
  if (declared === undefined || declared.population !== feed.population) {
    throw new HubError("BACKFILL_UNKNOWN", undefined, {
      field: "backfill.id",
      rule: "a declared backfill of the feed",
    });
  }
  if (day < declared.firstDay || day > declared.lastDay) {
    throw new HubError("BACKFILL_UNKNOWN", "The day is outside the declared period.", {
      field: "backfill.day",
      rule: "a day of the declared period",
      fix: "declare the period that the file covers",
    });
  }
  return day;
}

async function store(doors: Doors, header: BatchHeader, envelope: Envelope, body: Buffer): Promise<Receipt> {
  const digest = hash("sha256", body, "buffer");
  const past = header.backfill !== undefined;
  try {
    const publicKey = await doors.publicKeys(envelope.population, envelope.keyDay, past);
    const { enc, ciphertext } = sealBatch(publicKey, envelope, body);
    const stored = await doors.inbox.store({
      ...envelope,
      sequence: header.sequence,
      digest,
      endsDay: header.backfill?.end === true,
      readings: header.readings.length,
      enc,
      sealed: ciphertext,
    });
    if (stored.fresh) doors.tickets.batch(stored.receipt);
    if (stored.fresh && !stored.dayOpen) doors.tickets.day(envelope.population, envelope.keyDay);
    return stored;
  } catch (error) {
    if (!(error instanceof HubError && error.code === "DAY_SEALED")) throw error;
    // An exact repetition of what was taken before the day was sealed still gets its receipt.
    const before = await doors.inbox.repetition(header.device, header.sequence, digest);
    if (before !== null) return before;
    throw new HubError("DAY_SEALED", undefined, { field: past ? "backfill.day" : "time", rule: "a day that is open" });
  }
}
