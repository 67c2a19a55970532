import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { HubError } from "../errors.ts";

/**
 * HPKE (RFC 9180), base mode, single shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The intake seals with
 * the day's public key and cannot open. Opening is split: the keyring decapsulates, so that the private key never
 * leaves it, and the ingest worker opens with the shared secret of that one batch (P10).
 */
export type Sealed = { readonly enc: Buffer; readonly ciphertext: Buffer };

/** Public keys, `enc` and shared secrets all have 32 bytes; the ciphertext is 16 bytes longer than the plaintext. */
export const KEY_BYTES = 32;
const TAG_BYTES = 16;

const KEM_ID = 0x0020;
const KDF_ID = 0x0001;
const AES_256_GCM: Aead = { id: 0x0002, cipher: "aes-256-gcm", keyBytes: 32 };

/** The AEAD of a suite; a parameter of the key schedule so that vectors of RFC 9180 for AES-128 apply to it too. */
export type Aead = { readonly id: number; readonly cipher: "aes-128-gcm" | "aes-256-gcm"; readonly keyBytes: 16 | 32 };

const VERSION = Buffer.from("HPKE-v1");
const EMPTY = Buffer.alloc(0);
const SPKI_PREFIX = Buffer.from("302a300506032b656e032100", "hex");
const PKCS8_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");

function twoBytes(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

const KEM_SUITE = Buffer.concat([Buffer.from("KEM"), twoBytes(KEM_ID)]);

function hpkeSuite(aead: Aead): Buffer {
  return Buffer.concat([Buffer.from("HPKE"), twoBytes(KEM_ID), twoBytes(KDF_ID), twoBytes(aead.id)]);
}

function labeledExtract(suite: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array): Buffer {
  return createHmac("sha256", salt).update(VERSION).update(suite).update(label).update(ikm).digest();
}

/** HKDF-Expand for at most one block of SHA-256 (32 bytes), all that this suite asks for. */
function labeledExpand(suite: Buffer, prk: Buffer, label: string, info: Uint8Array, length: number): Buffer {
  const hmac = createHmac("sha256", prk).update(twoBytes(length)).update(VERSION).update(suite).update(label);
  return hmac.update(info).update(Buffer.of(1)).digest().subarray(0, length);
}

/** A fresh key pair of a population and day. Only the keyring makes one. */
export function makeSealKey(): { publicKey: Buffer; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  return { publicKey: exportPublic(publicKey), privateKey };
}

/** The private key's 32 bytes, for the keyring's sealed file. */
export function exportPrivate(privateKey: KeyObject): Buffer {
  return privateKey.export({ format: "der", type: "pkcs8" }).subarray(PKCS8_PREFIX.length);
}

export function importPrivate(raw: Uint8Array): KeyObject {
  if (raw.length !== KEY_BYTES) throw new RangeError("an X25519 private key has 32 bytes");
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, raw]), format: "der", type: "pkcs8" });
}

/** The public key's 32 bytes. */
export function exportPublic(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX.length);
}

function importPublic(raw: Uint8Array): KeyObject {
  if (raw.length !== KEY_BYTES) throw new HubError("SEAL_INVALID", "An X25519 public key has 32 bytes.");
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: "der", type: "spki" });
}

function sharedSecret(dh: Buffer, enc: Uint8Array, recipient: Uint8Array): Buffer {
  const prk = labeledExtract(KEM_SUITE, EMPTY, "eae_prk", dh);
  return labeledExpand(KEM_SUITE, prk, "shared_secret", Buffer.concat([enc, recipient]), KEY_BYTES);
}

function agree(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  try {
    return diffieHellman({ privateKey, publicKey });
  } catch (cause) {
    // OpenSSL refuses points of low order, whose agreement is zero (RFC 9180 §7.1.4).
    throw new HubError("SEAL_INVALID", "The public key is not usable.", { cause });
  }
}

/** The key and nonce of the first and only message under a shared secret. */
export function keySchedule(secret: Uint8Array, info: Uint8Array, aead: Aead): { key: Buffer; nonce: Buffer } {
  const suite = hpkeSuite(aead);
  const pskId = labeledExtract(suite, EMPTY, "psk_id_hash", EMPTY);
  const context = Buffer.concat([Buffer.of(0), pskId, labeledExtract(suite, EMPTY, "info_hash", info)]);
  const prk = labeledExtract(suite, secret, "secret", EMPTY);
  return {
    key: labeledExpand(suite, prk, "key", context, aead.keyBytes),
    nonce: labeledExpand(suite, prk, "base_nonce", context, 12),
  };
}

/** Seals a payload, which the caller has padded, to a raw X25519 public key. */
export function seal(publicKey: Uint8Array, info: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Sealed {
  const recipient = importPublic(publicKey);
  const ephemeral = generateKeyPairSync("x25519");
  const enc = exportPublic(ephemeral.publicKey);
  const secret = sharedSecret(agree(ephemeral.privateKey, recipient), enc, publicKey);
  const { key, nonce } = keySchedule(secret, info, AES_256_GCM);
  const cipher = createCipheriv(AES_256_GCM.cipher, key, nonce).setAAD(aad);
  return { enc, ciphertext: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]) };
}

/** The keyring's half of opening: the shared secret of one sealed batch. Throws `SEAL_INVALID` for a bad `enc`. */
export function decapsulate(privateKey: KeyObject, enc: Uint8Array): Buffer {
  const recipient = exportPublic(createPublicKey(privateKey));
  return sharedSecret(agree(privateKey, importPublic(enc)), enc, recipient);
}

/** The worker's half of opening. Throws `SEAL_INVALID` when anything was changed: key, info, aad or ciphertext. */
export function open(secret: Uint8Array, info: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Buffer {
  return openWith(AES_256_GCM, secret, info, aad, ciphertext);
}

/** `open` for a given AEAD; apart from it for the RFC's vectors. */
export function openWith(
  aead: Aead,
  secret: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Buffer {
  if (ciphertext.length < TAG_BYTES) throw new HubError("SEAL_INVALID");
  const { key, nonce } = keySchedule(secret, info, aead);
  const end = ciphertext.length - TAG_BYTES;
  const decipher = createDecipheriv(aead.cipher, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
  decipher.setAuthTag(ciphertext.subarray(end));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, end)), decipher.final()]);
  } catch (cause) {
    throw new HubError("SEAL_INVALID", undefined, { cause });
  }
}
