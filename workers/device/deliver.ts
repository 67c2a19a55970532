import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { BATCH_PATH, type Batch, SCHEMA } from "../../core/edge/batch.ts";
import { sign } from "../../core/edge/signature.ts";
import { formatInstant } from "../../core/time.ts";
import type { Credentials } from "./credentials.ts";

export type BatchHead = {
  readonly feed: string;
  readonly sequence: number;
  /** epoch ms */
  readonly time: number;
  readonly backfill?: NonNullable<Batch["backfill"]>;
};

/** What the intake said in the end. `code` is that of the problem when it refused. */
export type Delivery = { readonly status: number; readonly code: string | null; readonly detail: string | null };

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const LONGEST_PAUSE_MS = 10_000;

/** Refusals of the moment: the same batch is welcome later. An old signature is made anew with every attempt. */
const again = ({ status, code }: Delivery): boolean =>
  status === 429 || status >= 500 || status === 408 || code === "SIGNATURE_EXPIRED";

/**
 * Delivers one batch: signs and posts it until it is acknowledged or refused for good. Repeating is harmless, because
 * device and sequence name the batch.
 * @param readings the JSON array of readings
 * @param options.retry false: one attempt, whatever comes of it
 * @throws the socket's error when the attempt failed and `retry` is false; AbortError once `signal` is aborted
 */
export async function deliver(
  url: string,
  credentials: Credentials,
  head: BatchHead,
  readings: string,
  options: { signal?: AbortSignal; retry?: boolean; onRetry?: () => void } = {},
): Promise<Delivery> {
  const { feed, sequence, time, backfill } = head;
  const text = JSON.stringify({
    schema: SCHEMA,
    feed,
    device: credentials.device,
    sequence,
    time: formatInstant(time),
    ...(backfill && { backfill }),
  });
  const body = Buffer.from(`${text.slice(0, -1)},"readings":${readings}}`);
  for (let pause = 100; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    options.signal?.throwIfAborted();
    let wait = pause;
    try {
      const { delivery, retryAfterMs } = await post(url, credentials, body);
      if (options.retry === false || !again(delivery)) return delivery;
      wait = Math.max(pause, retryAfterMs);
    } catch (error) {
      if (options.retry === false) throw error;
    }
    options.onRetry?.();
    await sleep(wait, undefined, options.signal && { signal: options.signal });
  }
}

function post(url: string, { keyId, privateKey }: Credentials, body: Buffer) {
  const headers = sign({ method: "POST", path: BATCH_PATH, contentType: "application/json", body }, privateKey, keyId);
  return new Promise<{ delivery: Delivery; retryAfterMs: number }>((resolve, reject) => {
    const call = request(
      new URL(BATCH_PATH, url),
      { method: "POST", agent, timeout: 30_000, headers: { ...headers, "content-length": body.length } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          const retryAfterMs = Math.min(Number(response.headers["retry-after"] ?? 0) * 1000 || 0, LONGEST_PAUSE_MS);
          resolve({ delivery: { status: response.statusCode ?? 0, ...readProblem(text) }, retryAfterMs });
        });
      },
    );
    call.on("timeout", () => call.destroy(new Error("the intake did not answer")));
    call.on("error", reject);
    call.end(body);
  });
}

function readProblem(text: string): { code: string | null; detail: string | null } {
  try {
    const { code, detail } = JSON.parse(text) as { code?: unknown; detail?: unknown };
    return { code: typeof code === "string" ? code : null, detail: typeof detail === "string" ? detail : null };
  } catch {
    return { code: null, detail: null };
  }
}
