import { createPublicKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import * as hpke from "hpke";
import { HubError } from "../errors.ts";
import { kill } from "../testing/mutant.ts";
import * as sealing from "./seal.ts";

const FILE = new URL("./seal.ts", import.meta.url);
const { decapsulate, exportPrivate, exportPublic, importPrivate, makeSealKey, open, openWith, seal } = sealing;
const hex = (text: string): Buffer => Buffer.from(text, "hex");
const suite = new hpke.CipherSuite(hpke.KEM_DHKEM_X25519_HKDF_SHA256, hpke.KDF_HKDF_SHA256, hpke.AEAD_AES_256_GCM);

function code(action: () => unknown): string {
  try {
    action();
    return "done";
  } catch (error) {
    return error instanceof HubError ? error.code : String(error);
  }
}

/** RFC 9180, appendix A.1.1: the same KEM and KDF; its AEAD has the shorter key. */
function rfcVector(module: typeof sealing): void {
  const aead = { id: 1, cipher: "aes-128-gcm", keyBytes: 16 } as const;
  const info = hex("4f6465206f6e2061204772656369616e2055726e");
  const privateKey = module.importPrivate(hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"));
  const publicKey = module.exportPublic(createPublicKey(privateKey));
  expect(publicKey.toString("hex")).toBe("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
  const enc = hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
  const secret = module.decapsulate(privateKey, enc);
  expect(secret.toString("hex")).toBe("fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc");
  const { key, nonce } = module.keySchedule(secret, info, aead);
  expect(key.toString("hex")).toBe("4531685d41d65f03dc48f6b8302c05b0");
  expect(nonce.toString("hex")).toBe("56d890e5accaaf011cff4b7d");
  const ciphertext = hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a");
  const plaintext = module.openWith(aead, secret, info, hex("436f756e742d30"), ciphertext);
  expect(plaintext.toString("utf8")).toBe("Beauty is truth, truth beauty");
}

/** Whatever is changed, the batch no longer opens. */
function bound(module: typeof sealing): void {
  const { publicKey, privateKey } = module.makeSealKey();
  const info = Buffer.from("info");
  const aad = Buffer.from("12|sangmu-people|pole-1|2026-11-21");
  const sealed = module.seal(publicKey, info, aad, Buffer.from("twelve people"));
  const opened = (enc: Buffer, text: Buffer, withInfo = info, withAad = aad): string =>
    code(() => module.open(module.decapsulate(privateKey, enc), withInfo, withAad, text));
  expect(opened(sealed.enc, sealed.ciphertext)).toBe("done");
  for (let i = 0; i < sealed.ciphertext.length; i++) {
    const changed = Buffer.from(sealed.ciphertext);
    changed.writeUInt8((changed.readUInt8(i) ^ 1) & 0xff, i);
    expect(opened(sealed.enc, changed)).toBe("SEAL_INVALID");
  }
  expect(opened(module.makeSealKey().publicKey, sealed.ciphertext)).toBe("SEAL_INVALID");
  expect(opened(sealed.enc, sealed.ciphertext.subarray(0, 15))).toBe("SEAL_INVALID");
  expect(opened(sealed.enc, sealed.ciphertext.subarray(0, -1))).toBe("SEAL_INVALID");
  expect(opened(sealed.enc, sealed.ciphertext, Buffer.from("other"))).toBe("SEAL_INVALID");
  for (const other of ["13|sangmu-people|pole-1|2026-11-21", "12|sangmu-people|pole-1|2026-11-22", ""]) {
    expect(opened(sealed.enc, sealed.ciphertext, info, Buffer.from(other))).toBe("SEAL_INVALID");
  }
}

describe("the seal", () => {
  it("agrees with the vector of RFC 9180", () => rfcVector(sealing));
  it("opens only where, for whom and as it was sealed", () => bound(sealing));

  it("returns any payload unchanged", () => {
    const { publicKey, privateKey } = makeSealKey();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.uint8Array({ maxLength: 100 }), (plaintext, aad) => {
        const info = Buffer.from("madang");
        const { enc, ciphertext } = seal(publicKey, info, aad, plaintext);
        expect(enc.length).toBe(32);
        expect(ciphertext.length).toBe(plaintext.length + 16);
        const opened = open(decapsulate(privateKey, enc), info, aad, ciphertext);
        expect(opened.equals(plaintext)).toBe(true);
      }),
    );
  });

  it("is opened by another implementation", async () => {
    const pair = await suite.GenerateKeyPair(true);
    const publicKey = await suite.SerializePublicKey(pair.publicKey);
    const [info, aad, plaintext] = [randomBytes(20), randomBytes(31), randomBytes(999)];
    const { enc, ciphertext } = seal(publicKey, info, aad, plaintext);
    const opened = await suite.Open(pair, enc, ciphertext, { info, aad });
    expect(Buffer.from(opened).equals(plaintext)).toBe(true);
  });

  it("opens what another implementation sealed", async () => {
    const { publicKey, privateKey } = makeSealKey();
    const [info, aad, plaintext] = [randomBytes(20), randomBytes(31), randomBytes(999)];
    const recipient = await suite.DeserializePublicKey(publicKey);
    const sealed = await suite.Seal(recipient, plaintext, { info, aad });
    const opened = open(decapsulate(privateKey, sealed.encapsulatedSecret), info, aad, Buffer.from(sealed.ciphertext));
    expect(opened.equals(plaintext)).toBe(true);
  });

  it("keeps a private key through export and import", () => {
    const { publicKey, privateKey } = makeSealKey();
    const raw = exportPrivate(privateKey);
    expect(raw.length).toBe(32);
    expect(exportPublic(createPublicKey(importPrivate(raw))).equals(publicKey)).toBe(true);
  });

  it("uses a fresh key for every batch", () => {
    const { publicKey } = makeSealKey();
    const [a, b] = [1, 2].map(() => seal(publicKey, Buffer.of(), Buffer.of(), Buffer.from("same")));
    expect(a?.enc.equals(b?.enc ?? Buffer.of())).toBe(false);
    expect(a?.ciphertext.equals(b?.ciphertext ?? Buffer.of())).toBe(false);
  });

  it.each([
    ["zero", Buffer.alloc(32)],
    ["a point of order 8", hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")],
    ["31 bytes", Buffer.alloc(31, 9)],
  ])("refuses %s for a public key", (_name, point) => {
    const { privateKey } = makeSealKey();
    expect(code(() => decapsulate(privateKey, point))).toBe("SEAL_INVALID");
    expect(code(() => seal(point, Buffer.of(), Buffer.of(), Buffer.of()))).toBe("SEAL_INVALID");
  });

  it("does not open with the secret of another suite", () => {
    const { publicKey, privateKey } = makeSealKey();
    const { enc, ciphertext } = seal(publicKey, Buffer.of(), Buffer.of(), Buffer.from("x"));
    const short = { id: 1, cipher: "aes-128-gcm", keyBytes: 16 } as const;
    const secret = decapsulate(privateKey, enc);
    expect(code(() => openWith(short, secret, Buffer.of(), Buffer.of(), ciphertext))).toBe("SEAL_INVALID");
  });

  it.each([
    { name: "recipient left out of the KEM context", from: "Buffer.concat([enc, recipient])", to: "Buffer.from(enc)" },
    {
      name: "suite left out of the labels",
      from: "update(VERSION).update(suite).update(label).update(ikm)",
      to: "update(VERSION).update(label).update(ikm)",
    },
    {
      name: "KEM and HPKE suites confused",
      from: 'labeledExtract(KEM_SUITE, EMPTY, "eae_prk", dh)',
      to: 'labeledExtract(hpkeSuite(AES_256_GCM), EMPTY, "eae_prk", dh)',
    },
    { name: "no psk_id hash", from: "Buffer.concat([Buffer.of(0), pskId,", to: "Buffer.concat([Buffer.of(0)," },
  ])("notices: $name", (mutant) => kill<typeof sealing>(FILE, mutant, rfcVector));

  it.each([
    {
      name: "associated data ignored",
      from: "createDecipheriv(aead.cipher, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);",
      to: "createDecipheriv(aead.cipher, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from('12|sangmu-people|pole-1|2026-11-21'));",
    },
    {
      name: "tag not checked",
      from: "Buffer.concat([decipher.update(ciphertext.subarray(0, end)), decipher.final()])",
      to: "decipher.update(ciphertext.subarray(0, end))",
    },
    {
      name: "info not in the key",
      from: 'labeledExtract(suite, EMPTY, "info_hash", info)',
      to: 'labeledExtract(suite, EMPTY, "info_hash", EMPTY)',
    },
  ])("notices: $name", (mutant) => kill<typeof sealing>(FILE, mutant, bound));
});
