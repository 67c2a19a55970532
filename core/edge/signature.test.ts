import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from "node:crypto";
import fc from "fast-check";
import { HubError } from "../errors.ts";
import { kill } from "../testing/mutant.ts";
import * as digests from "./digest.ts";
import * as signatures from "./signature.ts";

const FILE = new URL("./signature.ts", import.meta.url);
type Signatures = typeof signatures;
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const NOW = 1_795_219_200;
const body = Buffer.from('{"feed":"sangmu-crowd"}');
const request = { method: "POST", path: "/edge/v1/batches", contentType: "application/json", body };
const device = { publicKey };
const lookup = (keyid: string): { publicKey: KeyObject } | undefined => (keyid === "pole-1" ? device : undefined);

type Received = { method: string; path: string; headers: Record<string, string | string[]>; body: Buffer };
function received(changes: Partial<Received> = {}, headers: Record<string, string | string[]> = {}): Received {
  const signed = signatures.sign(request, privateKey, "pole-1", NOW);
  return { method: "POST", path: request.path, body, ...changes, headers: { ...signed, ...headers } };
}

async function code(module: Signatures, message: Received, now = NOW): Promise<string> {
  try {
    await module.verify(message, lookup, now);
    return "verified";
  } catch (error) {
    return error instanceof HubError ? error.code : String(error);
  }
}

/** A request signed by the right key, but over a base of the test's making. */
function forged(components: string[], parameters: string, values: Record<string, string> = {}): Received {
  const digest = digests.contentDigest(body);
  const known = {
    "@method": "POST",
    "@path": request.path,
    "content-type": "application/json",
    "content-digest": digest,
  };
  const input = `(${components.map((name) => `"${name}"`).join(" ")})${parameters}`;
  const base = signatures.signatureBase(components, { ...known, ...values }, input);
  const signature = signBytes(null, base, privateKey).toString("base64");
  return received({}, { "signature-input": `sig=${input}`, signature: `sig=:${signature}:`, ...values });
}

const ALL = [...signatures.COMPONENTS];
const GOOD = `;created=${NOW};keyid="pole-1";alg="ed25519"`;

async function strict(module: Signatures): Promise<void> {
  const expectCode = async (message: Received, expected: string, now = NOW): Promise<void> => {
    expect(await code(module, message, now)).toBe(expected);
  };
  await expectCode(received(), "verified");
  await expectCode(forged([...ALL].reverse(), GOOD), "verified");
  await expectCode(received({ method: "PUT" }), "SIGNATURE_INVALID");
  await expectCode(received({ path: "/edge/v1/other" }), "SIGNATURE_INVALID");
  await expectCode(received({ path: "/edge/v1/batches?x=1" }), "SIGNATURE_INVALID");
  await expectCode(received({}, { "content-type": "text/plain" }), "SIGNATURE_INVALID");
  await expectCode(received({ body: Buffer.from("{}") }), "DIGEST_INVALID");
  await expectCode(received({}, { "content-digest": digests.contentDigest(Buffer.from("{}")) }), "SIGNATURE_INVALID");
  await expectCode(received({}, { signature: `sig=:${Buffer.alloc(64).toString("base64")}:` }), "SIGNATURE_INVALID");
  await expectCode(received({}, { signature: "sig=:AAAA:" }), "SIGNATURE_INVALID");
  await expectCode(received({}, { signature: "other=:AAAA:" }), "SIGNATURE_INVALID");
  await expectCode(received({}, { signature: "sig=(((" }), "SIGNATURE_INVALID");
  await expectCode(received({}, { "signature-input": 'sig="x"' }), "SIGNATURE_INVALID");
  await expectCode(received({}, { "signature-input": "" }), "SIGNATURE_MISSING");
  await expectCode(received({}, { signature: "" }), "SIGNATURE_MISSING");
  await expectCode(received({}, { signature: ["sig=:AAAA:", "sig=:AAAA:"] }), "SIGNATURE_INVALID");

  const signed = String(received().headers["signature"]);
  await expectCode(received({}, { signature: signed.replace("sig=", "other=") }), "SIGNATURE_INVALID");
  const path = "/edge/v1/batches?x=1";
  await expectCode({ ...forged(ALL, GOOD, { "@path": path }), path }, "SIGNATURE_INVALID");
  await expectCode(forged(["@method", "@method", "content-type", "content-digest"], GOOD), "SIGNATURE_INVALID");

  const twice = received();
  twice.headers["signature-input"] += `, b=("@method")${GOOD}`;
  await expectCode(twice, "SIGNATURE_INVALID");
  await expectCode(forged(ALL.slice(0, 3), GOOD), "SIGNATURE_INVALID");
  await expectCode(forged(["@method", "@path", "content-digest"], GOOD), "SIGNATURE_INVALID");
  await expectCode(forged([...ALL, "date"], GOOD, { date: "x" }), "SIGNATURE_INVALID");
  await expectCode(forged([...ALL, "@path"], GOOD), "SIGNATURE_INVALID");
  await expectCode(forged(ALL, `${GOOD};nonce="n"`), "SIGNATURE_INVALID");
  await expectCode(forged(ALL, `;created=${NOW};keyid="pole-1"`), "SIGNATURE_INVALID");
  await expectCode(forged(ALL, `;created=${NOW};keyid="pole-1";alg="hmac-sha256"`), "SIGNATURE_INVALID");
  await expectCode(forged(ALL, ';keyid="pole-1";alg="ed25519"'), "SIGNATURE_INVALID");
  await expectCode(forged(ALL, `;created=${NOW}.5;keyid="pole-1";alg="ed25519"`), "SIGNATURE_INVALID");
  await expectCode(forged(ALL, `;created=${NOW};keyid="pole-2";alg="ed25519"`), "DEVICE_UNKNOWN");

  await expectCode(received(), "verified", NOW + 300);
  await expectCode(received(), "SIGNATURE_EXPIRED", NOW + 301);
  await expectCode(received(), "verified", NOW - 120);
  await expectCode(received(), "CLOCK_SKEW", NOW - 121);
}

describe("a request's signature", () => {
  it("verifies over exactly what must be signed, within its time, from a known device", () => strict(signatures));

  it("makes the signature of RFC 9421, B.2.6", () => {
    const key = createPrivateKey({
      key: Buffer.from("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF", "base64"),
      format: "der",
      type: "pkcs8",
    });
    const values = {
      date: "Tue, 20 Apr 2021 02:07:55 GMT",
      "@method": "POST",
      "@path": "/foo",
      "@authority": "example.com",
      "content-type": "application/json",
      "content-length": "18",
    };
    const names = Object.keys(values);
    const parameters = `(${names.map((name) => `"${name}"`).join(" ")});created=1618884473;keyid="test-key-ed25519"`;
    const base = signatures.signatureBase(names, values, parameters);
    const expected = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
    expect(signBytes(null, base, key).toString("base64")).toBe(expected);
    expect(verifyBytes(null, base, createPublicKey(key), Buffer.from(expected, "base64"))).toBe(true);
  });

  it("verifies for any body, path, type and device name", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.webPath(),
        fc.string({ maxLength: 30 }).filter((text) => /^[\x20-\x7e]*$/.test(text)),
        async (bytes, path, keyid) => {
          const headers = signatures.sign({ ...request, path, body: bytes }, privateKey, keyid, NOW);
          const verified = await signatures.verify({ method: "POST", path, headers, body: bytes }, () => device, NOW);
          expect(verified).toEqual({ device, keyid, created: NOW });
        },
      ),
    );
  });

  it("names field and rule, and no value that was sent", async () => {
    const message = received({}, { "signature-input": 'sig=("@method");keyid="secret-name"' });
    const error = await signatures.verify(message, lookup, NOW).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: "SIGNATURE_INVALID", field: "signature-input" });
    expect(JSON.stringify(error)).not.toContain("secret-name");
  });

  it("lets the lookup refuse a revoked device", async () => {
    const revoked = async (): Promise<undefined> => {
      throw new HubError("DEVICE_REVOKED");
    };
    await expect(signatures.verify(received(), revoked, NOW)).rejects.toMatchObject({ code: "DEVICE_REVOKED" });
  });

  it("refuses to sign a path with a query, and a key of another kind", async () => {
    expect(() => signatures.sign({ ...request, path: "/a?b" }, privateKey, "pole-1", NOW)).toThrow(RangeError);
    const other = generateKeyPairSync("x25519").publicKey;
    const verified = signatures.verify(received(), () => ({ publicKey: other }), NOW);
    await expect(verified).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
  });

  it.each([
    { name: "signature not checked", from: "|| !verifyBytes(null, base, device.publicKey, signature)", to: "" },
    { name: "digest not checked", from: "verifyDigest(digest, request.body);", to: "" },
    { name: "components not checked", from: "if (!exact) throw", to: "if (false) throw" },
    { name: "further components taken", from: "names.length === COMPONENTS.length && ", to: "" },
    {
      name: "fewer components taken",
      from: "COMPONENTS.every((name) => names.includes(name))",
      to: "names.every((name) => COMPONENTS.includes(name))",
    },
    { name: "any algorithm", from: "algorithm !== ALGORITHM", to: "false" },
    { name: "further parameters taken", from: "parameters.size !== PARAMETERS.length", to: "false" },
    {
      name: "second signature ignored",
      from: 'if (others.length > 0) throw invalid("signature-input"',
      to: 'if (false) throw invalid("signature-input"',
    },
    { name: "label not compared", from: "|| first[0] !== label", to: "" },
    { name: "old signatures taken", from: "created < nowSeconds - windowSeconds", to: "created < 0" },
    { name: "future signatures taken", from: "created > nowSeconds + skewSeconds", to: "created < 0" },
    {
      name: "query not refused",
      from: 'request.path.includes("?") || request.path.includes("#")',
      to: "false",
    },
    {
      name: "method not signed",
      from: '"@method": request.method,\n    "@path": request.path,\n    "content-type": contentType.trim()',
      to: '"@method": "POST",\n    "@path": request.path,\n    "content-type": contentType.trim()',
    },
  ])("notices: $name", (mutant) => kill<Signatures>(FILE, mutant, strict));
});

describe("a body's digest", () => {
  it("is that of RFC 9530", () => {
    const example = Buffer.from('{"hello": "world"}');
    expect(digests.contentDigest(example)).toBe("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
    digests.verifyDigest("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, unknown=:AAAA:", example);
  });

  it.each([
    [undefined, "DIGEST_MISSING"],
    ["", "DIGEST_MISSING"],
    ["sha-512=:AAAA:", "DIGEST_MISSING"],
    ["sha-256=1", "DIGEST_MISSING"],
    ["sha-256=:AAAA:", "DIGEST_INVALID"],
    ["sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", "DIGEST_INVALID"],
    ["sha-256=:", "DIGEST_INVALID"],
  ])("refuses %s with %s", (header, expected) => {
    try {
      digests.verifyDigest(header, body);
      throw new Error("accepted");
    } catch (error) {
      expect(error).toMatchObject({ code: expected });
    }
  });
});
