import { generateKeyPairSync } from "node:crypto";
import {
  chain,
  GENESIS,
  type Head,
  headOf,
  type KeyEvent,
  type KeyRecord,
  keyringOf,
  publicBytes,
} from "../../core/privacy/key-record.ts";

/** What a keyring of its own tells, as the real one signs it; the first record is added. */
export function makeChain(at: string, events: readonly KeyEvent[]): KeyRecord[] {
  const { privateKey } = generateKeyPairSync("ed25519");
  const publicKey = publicBytes(privateKey);
  let head: Head = { keyring: keyringOf(publicKey), number: 0, sha256: GENESIS };
  return [{ at, kind: "SIGNING_KEY" as const, publicKey: publicKey.toString("base64") }, ...events].map((event) => {
    const record = chain(event, head, privateKey);
    head = headOf(record);
    return record;
  });
}
