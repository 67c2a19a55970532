import { z } from "zod";
import { HubError } from "../../core/errors.ts";
import type { TreeHead } from "../../core/log/checkpoint.ts";
import type { Hash } from "../../core/log/tree.ts";
import { callLocal } from "../../runtime/unix-http.ts";

const hash = z.base64().transform((text): Hash => Buffer.from(text, "base64"));
const state = z.object({ origin: z.string(), verifierKey: z.string(), size: z.int().min(0), root: hash });
const stateAnswer = z.object({ log: state.nullable() });
const openAnswer = z.object({ log: state });
const signAnswer = z.union([
  z.object({ note: z.string() }),
  z.object({ refused: z.object({ size: z.int().min(0), root: hash }) }),
]);

export type LogState = z.infer<typeof state>;

/** Nothing is signed until somebody has looked: what stands is not what was signed, or the key cannot be used. */
export class LogHalted extends Error {
  override readonly name = "LogHalted";
}

/**
 * The keyring's door to the log's key (workers/keyring/log-signer.ts). Each throws HubError KEYRING_UNAVAILABLE when the
 * keyring does not answer, and LogHalted when it cannot do it.
 */
export type LogSigner = {
  read(): Promise<LogState | null>;
  open(origin: string): Promise<LogState>;
  sign(head: TreeHead, proof: readonly Hash[]): Promise<z.infer<typeof signAnswer>>;
};

export function logSignerAt(socketPath: string): LogSigner {
  async function ask<T>(answer: z.ZodType<T>, method: "GET" | "POST", path: string, question?: object): Promise<T> {
    const { status, body } = await callLocal(socketPath, method, path, question).catch((cause) => {
      throw new HubError("KEYRING_UNAVAILABLE", "The keyring does not answer.", { cause });
    });
    if (status !== 200) throw new LogHalted("the keyring cannot use the log's key");
    return answer.parse(body);
  }
  return {
    read: async () => (await ask(stateAnswer, "GET", "/log")).log,
    open: async (origin) => (await ask(openAnswer, "POST", "/log/open", { origin })).log,
    sign: ({ size, root }, proof) =>
      ask(signAnswer, "POST", "/log/sign", {
        size,
        root: root.toString("base64"),
        proof: proof.map((one) => one.toString("base64")),
      }),
  };
}
