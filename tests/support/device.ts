import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { BATCH_PATH, type Batch, type Reading, SCHEMA } from "../../core/edge/batch.ts";
import { sign } from "../../core/edge/signature.ts";
import { formatInstant } from "../../core/time.ts";
import { type Answer, post } from "./http.ts";

/** What a device knows of itself. */
export type Identity = { device: string; feed: string; keyid: string; privateKey: KeyObject };
export type SignedBatch = { headers: Record<string, string>; body: Buffer };
export type Backfill = NonNullable<Batch["backfill"]>;

/** A device's receipt of 202, or the problem of a refusal. */
export type Receipt = Answer & { json: Record<string, unknown> };

/** A fresh Ed25519 key with its 32 public bytes. */
export function makeDeviceKey(): { privateKey: KeyObject; publicKey: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { privateKey, publicKey: publicKey.export({ format: "der", type: "spki" }).subarray(-32) };
}

/** Signs any bytes as a batch of the device: also such as no honest device would send. */
export function signBytes(identity: Pick<Identity, "keyid" | "privateKey">, body: Buffer, created?: number) {
  const request = { method: "POST", path: BATCH_PATH, contentType: "application/json", body };
  return { headers: { ...sign(request, identity.privateKey, identity.keyid, created) }, body } satisfies SignedBatch;
}

/** The bytes of a batch; `readings` may be JSON that was written before. */
export function batchBytes(
  { device, feed }: Pick<Identity, "device" | "feed">,
  sequence: number,
  readings: readonly Reading[] | string,
  options: { time?: number; backfill?: Backfill } = {},
): Buffer {
  const head = JSON.stringify({
    schema: SCHEMA,
    feed,
    device,
    sequence,
    time: formatInstant(options.time ?? Date.now()),
    ...(options.backfill && { backfill: options.backfill }),
  });
  const list = typeof readings === "string" ? readings : JSON.stringify(readings);
  return Buffer.from(`${head.slice(0, -1)},"readings":${list}}`);
}

/** Sends a signed batch to the hub's front door. */
export async function sendSigned(url: string, signed: SignedBatch, timeoutMs?: number): Promise<Receipt> {
  const answer = await post(`${url}${BATCH_PATH}`, signed.headers, signed.body, timeoutMs);
  let json: Record<string, unknown> = {};
  try {
    json = JSON.parse(answer.text) as Record<string, unknown>;
  } catch {
    // A proxy's page is no receipt: the status says enough.
  }
  return { ...answer, json };
}

/** A device that counts its batches. */
export type Device = Identity & {
  send(readings: readonly Reading[], backfill?: Backfill): Promise<Receipt>;
  /** As real devices do: the same batch again until it is acknowledged or refused for good. */
  deliver(readings: readonly Reading[], backfill?: Backfill): Promise<Receipt>;
};

export function makeDevice(url: string, identity: Identity): Device {
  let sequence = 0;
  const sign = (readings: readonly Reading[], backfill?: Backfill): SignedBatch =>
    signBytes(identity, batchBytes(identity, ++sequence, readings, backfill && { backfill }));
  return {
    ...identity,
    send: (readings, backfill) => sendSigned(url, sign(readings, backfill)),
    async deliver(readings, backfill) {
      const { body } = sign(readings, backfill);
      for (const end = Date.now() + 60_000; ; ) {
        const answer = await sendSigned(url, signBytes(identity, body), 10_000).catch((error: Error) => error);
        const again = answer instanceof Error || answer.status === 429 || answer.status >= 500;
        if (!again) return answer;
        if (Date.now() > end)
          throw new Error(`not acknowledged: ${answer instanceof Error ? answer.message : answer.status}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
  };
}
