import { createPublicKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { decapsulate, exportPublic, importPrivate } from "../../../core/privacy/seal.ts";
import { unseal } from "../../../workers/keyring/file.ts";

/** A sealed payload as it was copied, and how it opens with the shared secret of its batch (throws when it does not). */
export type Payload = { readonly enc: Buffer; readonly open: (secret: Buffer) => unknown };

/** What the attacker copied of a keyring's folder at some time: files by their path in it. */
export type Copy = ReadonlyMap<string, Buffer>;
export const copyFolder = (folder: string): Copy =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );
/** What of it lies about for long: not the root, which is deleted with each destruction and is in no backup. */
export const withoutRoots = (copy: Copy): Copy => new Map([...copy].filter(([name]) => !name.startsWith("root-")));

const KEY = 32;
function* windows(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + KEY <= bytes.length; at += 1) yield bytes.subarray(at, at + KEY);
}

/**
 * Every private key that the copies lead to: each 32 bytes of any file are tried as the key itself, and as the root of
 * any copy of `keys.sealed`, whose keys are taken then.
 */
function* candidates(copies: readonly Copy[]): Generator<Buffer> {
  const files = copies.flatMap((copy) => [...copy.values()]);
  const sealed = copies.flatMap((copy) => copy.get("keys.sealed") ?? []);
  // The smallest files first: a root is 32 bytes, and nearly always one of these is it.
  for (const bytes of files.sort((a, b) => a.length - b.length)) {
    for (const window of windows(bytes)) {
      yield window;
      for (const one of sealed) {
        try {
          yield* unseal(window, one.readUIntBE(0, 6), one.subarray(6)).keys.map(({ seal }) => seal);
        } catch {
          // Not its root.
        }
      }
    }
  }
}

/**
 * Opens what can be opened of sealed payloads.
 * @param publicKey the day's, which everybody may know: it tells a right key without trying payloads
 * @returns how many opened, and how many keys were tried
 */
export function openWith(copies: readonly Copy[], publicKey: Buffer, payloads: readonly Payload[]) {
  let tried = 0;
  for (const candidate of candidates(copies)) {
    tried += 1;
    const privateKey = importPrivate(candidate);
    if (!exportPublic(createPublicKey(privateKey)).equals(publicKey)) continue;
    const opened = payloads.filter(({ enc, open }) => {
      try {
        open(decapsulate(privateKey, enc));
        return true;
      } catch {
        return false;
      }
    });
    return { opened: opened.length, tried };
  }
  return { opened: 0, tried };
}
