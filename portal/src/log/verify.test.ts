import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { ProofError, type ProofFault, verifyProof } from "./verify.ts";

const sha = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafHash = (entry: string): Buffer => sha(Buffer.of(0), Buffer.from(entry));

/** RFC 6962 §2.1 as it is written: the root of a list, and the path of one of its leaves. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha(Buffer.of(1), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}
function pathOf(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return index < half
    ? [...pathOf(index, leaves.slice(0, half)), rootOf(leaves.slice(half))]
    : [...pathOf(index - half, leaves.slice(half)), rootOf(leaves.slice(0, half))];
}

const NAME = "log.example/test";
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const rawKey = (key: KeyObject): Buffer =>
  Buffer.concat([Buffer.of(1), key.export({ format: "der", type: "spki" }).subarray(-32)]);
const keyId = (key: KeyObject): Buffer => sha(Buffer.from(`${NAME}\n`), rawKey(key)).subarray(0, 4);
const verifierOf = (key: KeyObject): string =>
  `${NAME}+${keyId(key).toString("hex")}+${rawKey(key).toString("base64")}`;

const salt = Buffer.alloc(32, 7);
const body = '{"licence":"4711","action":"REVOKE"}';
const commitment = sha(salt, Buffer.from(body)).toString("hex");
const entries = Array.from({ length: 11 }, (_, index) =>
  JSON.stringify(
    index === 6 ? { kind: "REVOCATION", leaf: { sha256: commitment } } : { kind: "RELEASE", leaf: { index } },
  ),
);
const leaves = entries.map(leafHash);

type Parts = { index: number; path: Buffer[]; entry: string; body: string | null; size: number; root: Buffer };

function proofOf(index: number, change: Partial<Parts> = {}, signer: KeyObject = privateKey): string {
  const opened = index === 6 ? body : null;
  const parts: Parts = {
    index,
    path: pathOf(index, leaves),
    entry: entries[index] ?? "",
    body: opened,
    size: leaves.length,
    root: rootOf(leaves),
    ...change,
  };
  const note = `${NAME}\n${parts.size}\n${parts.root.toString("base64")}\n`;
  const signature = Buffer.concat([keyId(publicKey), sign(null, Buffer.from(note), signer)]).toString("base64");
  const extra = {
    entry: parts.entry,
    ...(parts.body === null ? {} : { salt: salt.toString("hex"), body: parts.body }),
  };
  return [
    "c2sp.org/tlog-proof@v1",
    `extra ${Buffer.from(JSON.stringify(extra)).toString("base64")}`,
    `index ${parts.index}`,
    ...parts.path.map((hash) => hash.toString("base64")),
    "",
    `${note}\n— ${NAME} ${signature}\n`,
  ].join("\n");
}

const faultOf = async (proof: string, key = verifierOf(publicKey)): Promise<ProofFault | null> =>
  verifyProof(proof, key).then(
    () => null,
    (error: unknown) => (error as ProofError).fault,
  );

describe("a proof of the log in the browser", () => {
  it("holds at every place of the tree, and opens its commitment", async () => {
    for (const index of entries.keys()) {
      const shown = await verifyProof(proofOf(index), verifierOf(publicKey));
      expect(shown).toMatchObject({ index, size: 11, body: index === 6 ? body : null });
    }
    expect((await verifyProof(proofOf(6), verifierOf(publicKey))).kind).toBe("REVOCATION");
  });

  it("is refused when another decision is put in its place", async () => {
    expect(await faultOf(proofOf(6, { body: body.replace("REVOKE", "APPROVE") }))).toBe("COMMITMENT");
    expect(await faultOf(proofOf(6, { entry: entries[5] ?? "" }))).toBe("PATH");
  });

  it("is refused at another place, of a shorter or another path, and of another tree", async () => {
    const path = pathOf(6, leaves);
    expect(await faultOf(proofOf(6, { index: 7 }))).toBe("PATH");
    expect(await faultOf(proofOf(6, { index: 11 }))).toBe("PATH");
    expect(await faultOf(proofOf(6, { path: path.slice(1) }))).toBe("PATH");
    expect(await faultOf(proofOf(6, { path: [...path, Buffer.alloc(32)] }))).toBe("PATH");
    expect(await faultOf(proofOf(6, { root: rootOf(leaves.slice(0, 8)) }))).toBe("PATH");
  });

  it("is refused with a signature of another key, and with a key whose number is not its own", async () => {
    const other = generateKeyPairSync("ed25519");
    expect(await faultOf(proofOf(6, {}, other.privateKey))).toBe("SIGNATURE");
    expect(await faultOf(proofOf(6), verifierOf(other.publicKey))).toBe("SIGNATURE");
    expect(await faultOf(proofOf(6), verifierOf(publicKey).replace(/\+[0-9a-f]{8}\+/, "+00000000+"))).toBe("KEY");
  });

  it("is refused when it is no proof at all", async () => {
    for (const text of ["", "c2sp.org/tlog-proof@v1\n\n", proofOf(6).replace("index 6", "index x")]) {
      expect(await faultOf(text)).toBe("FORM");
    }
  });

  it("throws an error of its own", async () => {
    await expect(verifyProof("", "")).rejects.toBeInstanceOf(ProofError);
  });
});
