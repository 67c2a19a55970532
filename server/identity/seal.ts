import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

const IV = 12;
const TAG = 16;

/** What the identity process does with its one secret: each use has a key of its own (HKDF, RFC 5869). */
export type Seal = {
  /** A name under which something is found again without its being readable (HMAC-SHA-256). */
  name(purpose: string, text: string): Buffer;
  /** Seals JSON (AES-256-GCM), bound to what it is. */
  close(what: string, value: unknown): Buffer;
  /** @throws when it was sealed with another secret, as something else, or changed */
  open<T>(what: string, sealed: Buffer): T;
  /** Keys that sign cookies. */
  cookieKey: string;
};

/** @param secret at least 128 random bits as text */
export function createSeal(secret: string): Seal {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "madang identity", use, 32));
  const [naming, sealing, cookies] = [derive("names"), derive("payloads"), derive("cookies")];
  return {
    name: (purpose, text) => createHmac("sha256", naming).update(`${purpose}\0${text}`).digest(),
    close(what, value) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv("aes-256-gcm", sealing, iv).setAAD(Buffer.from(what));
      return Buffer.concat([iv, cipher.update(JSON.stringify(value), "utf8"), cipher.final(), cipher.getAuthTag()]);
    },
    open(what, sealed) {
      const decipher = createDecipheriv("aes-256-gcm", sealing, sealed.subarray(0, IV), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(what)).setAuthTag(sealed.subarray(-TAG));
      const text = Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()]).toString("utf8");
      return JSON.parse(text);
    },
    cookieKey: cookies.toString("base64url"),
  };
}
