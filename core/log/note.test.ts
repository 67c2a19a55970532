import { generateKeyPairSync } from "node:crypto";
import { cosign, cosignedAt, formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from "./checkpoint.ts";
import {
  formatVerifier,
  NoteFault,
  openNote,
  parseNote,
  parseVerifier,
  SIGNATURE_TYPE,
  signerOf,
  signNote,
  verifierOf,
} from "./note.ts";
import { formatProof, parseProof, verifyProof } from "./proof.ts";
import { EMPTY_ROOT, hashLeaf, hashNode } from "./tree.ts";

// The example of golang.org/x/mod/sumdb/note, made by another implementation.
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SEED = Buffer.from("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "base64").subarray(1);
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

const seed = () => generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);

describe("signed notes", () => {
  const verifier = parseVerifier(KEY);

  test("of another implementation verify, and its key signs the same bytes here", () => {
    expect(openNote(NOTE, verifier)).toBe(TEXT);
    const signer = signerOf("PeterNeumann", SEED);
    expect(formatVerifier(verifierOf(signer))).toBe(KEY);
    expect(signNote(TEXT, signer)).toBe(NOTE);
  });

  test("are read with signatures of keys that nobody here knows", () => {
    const signed = signNote(TEXT, signerOf("someone.example", seed()));
    const both = `${NOTE}${signed.slice(TEXT.length + 1)}`;
    expect(openNote(both, verifier)).toBe(TEXT);
    expect(parseNote(both).signatures.map(({ name }) => name)).toEqual(["PeterNeumann", "someone.example"]);
  });

  test.each([
    ["a changed text", NOTE.replace("answer", "solution")],
    ["a changed signature", NOTE.replace("x08go/Z", "x08go/Y")],
    ["another's name", NOTE.replace("— PeterNeumann", "— NeterPeumann")],
    ["another's key of the same name", signNote(TEXT, signerOf("PeterNeumann", seed()))],
    ["no signature", `${TEXT}\n`],
    ["no blank line", NOTE.replace("\n\n", "\n")],
    ["no last line feed", NOTE.slice(0, -1)],
    ["a carriage return", NOTE.replaceAll("\n", "\r\n")],
    ["base64 without padding", NOTE.replace("=\n", "\n")],
    ["a signature too short", `${TEXT}\n— PeterNeumann x08gow==\n`],
    ["an endless one", `${"x\n".repeat(60_000)}${NOTE}`],
  ])("with %s are refused", (_name, note) => {
    expect(() => openNote(note, verifier)).toThrow(NoteFault);
  });

  test.each([
    KEY.replace("c74f20a3", "c74f20a4"),
    KEY.replace("PeterNeumann", "PeterNeuman"),
    KEY.replace("ARpc", "ARpd"),
    KEY.replace("ARpc", "Ahpc"),
    `${KEY}AAAA`,
    "PeterNeumann",
    "",
  ])("have no verifier key like %p", (text) => {
    expect(() => parseVerifier(text)).toThrow(NoteFault);
  });

  test("have no signer with a space or a plus in its name", () => {
    for (const name of ["", "a b", "a+b", "a\nb"]) expect(() => signerOf(name, SEED)).toThrow(NoteFault);
  });
});

describe("checkpoints", () => {
  const log = signerOf("log.example/log", seed());
  const head = { size: 20852163, root: hashLeaf(Buffer.from("x")) };

  test("say origin, size and root, signed by the log", () => {
    const note = signCheckpoint(head, log);
    expect(note.split("\n").slice(0, 4)).toEqual(["log.example/log", "20852163", head.root.toString("base64"), ""]);
    expect(openCheckpoint(note, verifierOf(log))).toEqual({ origin: "log.example/log", ...head });
    expect(parseCheckpoint(`o\n0\n${EMPTY_ROOT.toString("base64")}\nan extension\n`)).toMatchObject({ size: 0 });
  });

  test("of another log are refused, also when the key has signed them", () => {
    const note = signNote(formatCheckpoint({ ...head, origin: "other.example/log" }), log);
    expect(() => openCheckpoint(note, verifierOf(log))).toThrow("another log");
  });

  test.each([
    "o\n01\nROOT\n",
    "o\n-1\nROOT\n",
    "o\n1e3\nROOT\n",
    "o\n99999999999999999\nROOT\n",
    "o\n1\nAAAA\n",
    "\n1\nROOT\n",
    "o\n1\nROOT\n\n",
  ])("are refused when they are written %j", (text) => {
    expect(() => parseCheckpoint(text.replace("ROOT", EMPTY_ROOT.toString("base64")))).toThrow(NoteFault);
  });

  test("are cosigned by a witness, who tells the time", () => {
    const note = signCheckpoint(head, log);
    const witness = signerOf("witness.example/w1", seed());
    const verifier = verifierOf(witness, SIGNATURE_TYPE.cosignature);
    const line = cosign(note, witness, 1_679_315_147);
    expect(cosignedAt(`${note}${line}\n`, verifier)).toBe(1_679_315_147);
    expect(openCheckpoint(`${note}${line}\n`, verifierOf(log))).toMatchObject(head);
    expect(cosignedAt(note, verifier)).toBeNull();
    expect(parseVerifier(formatVerifier(verifier))).toEqual(verifier);
    const other = signCheckpoint({ ...head, size: head.size + 1 }, log);
    expect(() => cosignedAt(`${other}${line}\n`, verifier)).toThrow(NoteFault);
  });
});

describe("proofs as text", () => {
  const log = signerOf("log.example/log", seed());
  const entries = ["one", "two"].map((text) => Buffer.from(text));
  const [first, second] = entries.map(hashLeaf) as [Buffer, Buffer];
  const checkpoint = signCheckpoint({ size: 2, root: hashNode(first, second) }, log);
  const proof = { extra: Buffer.from("salt"), index: 1, path: [first], checkpoint };
  const text = formatProof(proof);

  test("are written as c2sp.org/tlog-proof@v1 and read again", () => {
    expect(text).toBe(`c2sp.org/tlog-proof@v1\nextra c2FsdA==\nindex 1\n${first.toString("base64")}\n\n${checkpoint}`);
    expect(parseProof(text)).toEqual(proof);
    const alone = { extra: null, index: 0, path: [], checkpoint: signCheckpoint({ size: 1, root: first }, log) };
    expect(parseProof(formatProof(alone))).toEqual(alone);
    expect(verifyProof(formatProof(alone), Buffer.from("one"), verifierOf(log))).toMatchObject({ index: 0, size: 1 });
  });

  test("lead from an entry to a checkpoint of the log", () => {
    expect(verifyProof(text, Buffer.from("two"), verifierOf(log))).toMatchObject({ index: 1, size: 2 });
  });

  test.each([
    ["another entry", text, "tow"],
    ["another place", text.replace("index 1", "index 0"), "two"],
    ["a place outside", text.replace("index 1", "index 2"), "two"],
    ["a place with a zero before", text.replace("index 1", "index 01"), "two"],
    ["another sibling", text.replace(first.toString("base64"), second.toString("base64")), "two"],
    ["no sibling", text.replace(`${first.toString("base64")}\n`, ""), "two"],
    ["another size", text.replace("\n2\n", "\n3\n"), "two"],
    ["another header", text.replace("@v1", "@v2"), "two"],
    ["extra data that is no base64", text.replace("c2FsdA==", "c2FsdA"), "two"],
  ])("with %s are refused", (_name, forged, entry) => {
    expect(() => verifyProof(forged, Buffer.from(entry), verifierOf(log))).toThrow(NoteFault);
  });

  test("of another key are refused", () => {
    const other = verifierOf(signerOf("log.example/log", seed()));
    expect(() => verifyProof(text, Buffer.from("two"), other)).toThrow("has not signed");
  });
});
