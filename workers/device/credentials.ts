import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

const file = z.object({ id: z.string(), keyId: z.string(), privateKeyPem: z.string(), feeds: z.array(z.string()) });

/** What a device signs with. */
export type Credentials = { readonly device: string; readonly keyId: string; readonly privateKey: KeyObject };

/**
 * Reads a device's file as `npm run device -- add` prints it.
 * @throws when it is missing or is not such a file; the message holds no key
 */
export function readCredentials(path: string): Credentials {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`the device file ${path} cannot be read`, { cause });
  }
  const result = file.safeParse(json);
  if (!result.success) throw new Error(`the device file ${path} is not what \`npm run device -- add\` prints`);
  const { id, keyId, privateKeyPem } = result.data;
  return { device: id, keyId, privateKey: createPrivateKey(privateKeyPem) };
}
