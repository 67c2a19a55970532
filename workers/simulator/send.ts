import { setTimeout as sleep } from "node:timers/promises";
import { credentialsFile } from "../../prisma/sample.ts";
import type { Log } from "../../runtime/log.ts";
import { type Credentials, readCredentials } from "../device/credentials.ts";
import { type BatchHead, type Delivery, deliver } from "../device/deliver.ts";
import type { Parcel } from "./outbox.ts";

/** Sends one parcel until it is acknowledged or refused for good. */
export type Send = (parcel: Parcel, head: Omit<BatchHead, "feed">) => Promise<Delivery>;

/** Answers that mean: it is in already. */
const KNOWN = new Set(["SEQUENCE_REUSED", "DAY_SEALED"]);

/**
 * The sender of all devices of this home.
 * @param onState called with true after an acknowledgement, with false when a batch must wait
 */
export function createSend(
  url: string,
  home: string,
  log: Log,
  signal: AbortSignal,
  onState: (heard: boolean) => void,
): Send {
  const credentials = new Map<string, Credentials>();
  return async ({ device, feed, readings }, head) => {
    let own = credentials.get(device);
    if (own === undefined) {
      own = readCredentials(credentialsFile(home, device));
      credentials.set(device, own);
    }
    for (;;) {
      const delivery = await deliver(url, own, { ...head, feed }, JSON.stringify(readings), {
        signal,
        onRetry: () => onState(false),
      });
      if (delivery.code === "DAY_NOT_OPEN") {
        await sleep(500, undefined, { signal });
        continue;
      }
      onState(true);
      if (delivery.status !== 202 && !KNOWN.has(delivery.code ?? "")) {
        log.warn({ event: "simulator.batch_refused", status: delivery.status, code: delivery.code, feed });
      }
      return delivery;
    }
  };
}
