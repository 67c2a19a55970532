import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signCheckpoint } from "../../../core/log/checkpoint.ts";
import { formatVerifier, type Signer, signerOf, verifierOf } from "../../../core/log/note.ts";
import { formatProof, type Proof } from "../../../core/log/proof.ts";
import { formatTilePath, TILE_WIDTH, widthOf } from "../../../core/log/tile.ts";
import { type Hash, hashLeaf, hashNode, hashRange, inclusionRanges, treeRange } from "../../../core/log/tree.ts";
import { verifyProof as verifyInBrowser } from "../../../portal/src/log/verify.ts";
import { serveFiles, verifyLog } from "./verifier.ts";

const python = process.env["PYTHON_PATH"];
const withPython = python === undefined ? describe.skip : describe;
if (python === undefined)
  process.stderr.write("skipped: the verifier for strangers: no Python, PYTHON_PATH is not set\n");

const newSigner = (): Signer =>
  signerOf(
    "hub.example/log",
    generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32),
  );
const sha256 = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest("hex");

test("the verifier for strangers has fewer than 150 lines and imports the standard library alone", () => {
  const text = readFileSync(fileURLToPath(new URL("../../../examples/verify-log.py", import.meta.url)), "utf8");
  expect(text.split("\n").length - 1).toBeLessThan(150);
  expect(text.match(/^(?:import|from) .*$/gm)).toEqual([
    "import argparse, base64, hashlib, json, os, re, sys, urllib.request",
  ]);
});

withPython("the verifier for strangers", () => {
  const SIZE = 66_100;
  const salt = Buffer.alloc(32, 7);
  const body = '{"licence": "one", "seq": 3}';
  const special = new Map([
    [0, '{"kind": "RELEASE", "leaf": {"slot": "s"}}'],
    [700, `{"kind": "GRANT", "leaf": {"sha256": "${sha256(salt, Buffer.from(body))}"}}`],
  ]);
  const entry = (place: number) => special.get(place) ?? `{"kind": "FACT", "leaf": {"n": ${place}}}`;
  /** All rows of hashes of perfect subtrees. */
  function rowsOf(change: (place: number, entry: string) => string = (_place, text) => text): Hash[][] {
    const rows = [Array.from({ length: SIZE }, (_none, i) => hashLeaf(Buffer.from(change(i, entry(i)))))];
    for (let row = rows[0] as Hash[]; row.length > 1; rows.push(row)) {
      const below = row;
      row = Array.from({ length: Math.floor(below.length / 2) }, (_none, i) =>
        hashNode(below[2 * i] as Hash, below[2 * i + 1] as Hash),
      );
    }
    return rows;
  }
  const log = newSigner();
  const key = formatVerifier(verifierOf(log));
  const rows = rowsOf();
  const forked = rowsOf((place, text) => (place === 3 ? `${text} ` : text));
  const rootAt = (of: Hash[][], size: number) =>
    hashRange(treeRange(size), (level, index) => of[level]?.[index] as Hash);
  const checkpoint = (size: number, of = rows, signer = log) =>
    signCheckpoint({ size, root: rootAt(of, size) }, signer);
  /** What a log serves at one size: every tile of it. */
  function serve(size: number, of = rows, signer = log) {
    const files = new Map<string, Buffer | string>([["checkpoint", checkpoint(size, of, signer)]]);
    for (let level = 0; size >= TILE_WIDTH ** level; level++) {
      for (let index = 0; ; index++) {
        const width = widthOf({ level, index }, size);
        if (width === 0) break;
        const hashes = (of[level * 8] as Hash[]).slice(index * TILE_WIDTH, index * TILE_WIDTH + width);
        files.set(formatTilePath({ kind: "HASHES", level, index, width }), Buffer.concat(hashes));
      }
    }
    return files;
  }
  const proofOf = (place: number, size: number, change: Partial<Proof> = {}, extra: object = { entry: entry(place) }) =>
    formatProof({
      extra: Buffer.from(JSON.stringify(extra)),
      index: place,
      path: inclusionRanges(place, size).map((range) =>
        hashRange(range, (level, index) => rows[level]?.[index] as Hash),
      ),
      checkpoint: checkpoint(size),
      ...change,
    });

  let folder: string;
  const servers: Server[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "verify-"));
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const verify = (...args: string[]) => verifyLog(python ?? "", args, folder);
  const verifyProof = (text: string, verifier = key) => {
    writeFileSync(join(folder, "a.tlog-proof"), text);
    return verify(verifier, "a.tlog-proof");
  };
  async function logAt(files: ReadonlyMap<string, Buffer | string>) {
    const { url, server } = await serveFiles(files);
    servers.push(server);
    return url;
  }

  test("believes a proof of a release, at any place of a tree of any shape", async () => {
    for (const [place, size] of [
      [0, 1],
      [0, 700],
      [255, 257],
      [65_536, SIZE],
      [SIZE - 1, SIZE],
    ] as const) {
      expect(await verifyProof(proofOf(place, size))).toMatchObject({ code: 0 });
      expect(await verifyInBrowser(proofOf(place, size), key)).toMatchObject({ index: place, size });
    }
  });

  test("opens the commitment of a licence's event with its salt and body", async () => {
    const { code, output } = await verifyProof(
      proofOf(700, 2000, {}, { entry: entry(700), salt: salt.toString("hex"), body }),
    );
    expect([code, output]).toEqual([0, expect.stringContaining('"kind": "GRANT"')]);
    expect(output).toContain(JSON.stringify(body));
    const opened = proofOf(700, 2000, {}, { entry: entry(700), salt: salt.toString("hex"), body });
    expect(await verifyInBrowser(opened, key)).toMatchObject({ kind: "GRANT", body });
  });

  const other = newSigner();
  const opened = { entry: entry(700), salt: salt.toString("hex"), body };
  test.each([
    ["another entry", proofOf(5, 2000, {}, { entry: entry(6) })],
    ["another place", proofOf(5, 2000, { index: 4 })],
    ["a place outside", proofOf(5, 2000, { index: 2000 })],
    ["a negative place", proofOf(5, 2000).replace("index 5", "index -1")],
    ["a hash too many", proofOf(5, 2000).replace("\n\n", `\n${Buffer.alloc(32).toString("base64")}\n\n`)],
    ["a hash too few", proofOf(5, 2000, { path: [] })],
    ["another size", proofOf(5, 2000).replace("\n2000\n", "\n2001\n")],
    [
      "another root",
      proofOf(5, 2000).replace(rootAt(rows, 2000).toString("base64"), rootAt(rows, 1999).toString("base64")),
    ],
    [
      "a forged tree, signed by another key of the same name",
      proofOf(5, 2000, { checkpoint: checkpoint(2000, rows, other) }),
    ],
    ["no signature", proofOf(5, 2000).replace(/— .*\n$/, "")],
    [
      "a signature with one bit changed",
      proofOf(5, 2000).replace(/(— \S+ .{40})(.)/, (_all, a, b) => `${a}${b === "A" ? "B" : "A"}`),
    ],
    ["another salt", proofOf(700, 2000, {}, { ...opened, salt: "00" })],
    ["another body", proofOf(700, 2000, {}, { ...opened, body: body.replace("one", "two") })],
    ["another header", proofOf(5, 2000).replace("@v1", "@v0")],
    ["nothing in it", ""],
  ])("refuses a proof with %s, as the portal does", async (_name, text) => {
    await expect(verifyInBrowser(text, key)).rejects.toThrow();
    const { code, output } = await verifyProof(text);
    expect([code, output]).toEqual([1, expect.stringContaining("REFUSED")]);
    expect(output).not.toContain("proved");
  });

  test("refuses everything under another key, and a key that is misspelt", async () => {
    const proof = proofOf(5, 2000);
    expect(await verifyProof(proof, formatVerifier(verifierOf(other)))).toMatchObject({ code: 1 });
    expect(
      await verifyProof(
        proof,
        key.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
      ),
    ).toMatchObject({ code: 1 });
  });

  test("follows a log from visit to visit, at sizes whose trees have one to three levels of tiles", async () => {
    for (const size of [1, 255, 256, 257, 700, 65_535, 65_536, 65_537, SIZE]) {
      const { code, output } = await verify(key, "--log", await logAt(serve(size)), "--seen", "seen");
      expect([code, output]).toEqual([0, expect.stringContaining(`${size} entries`)]);
      expect(readFileSync(join(folder, "seen"), "utf8")).toBe(checkpoint(size));
    }
  }, 60_000);

  test.each([
    ["a second history that is longer", serve(1500, forked)],
    ["a second history of the same size", serve(1000, forked)],
    ["a log that has become shorter", serve(900)],
    ["tiles that are not those of the checkpoint", new Map([...serve(1500, forked), ["checkpoint", checkpoint(1500)]])],
    ["a checkpoint of another key", serve(1500, rows, other)],
    ["a log that shows no tiles", new Map([["checkpoint", checkpoint(1500)]])],
  ])("refuses %s, and keeps what it has seen", async (_name, files) => {
    // kills: a check of sizes alone
    await verify(key, "--log", await logAt(serve(1000)), "--seen", "seen");
    const { code, output } = await verify(key, "--log", await logAt(files), "--seen", "seen");
    expect([code, output]).toEqual([1, expect.stringContaining("REFUSED")]);
    expect(readFileSync(join(folder, "seen"), "utf8")).toBe(checkpoint(1000));
  });

  test("refuses a true proof that belongs to another history than the log shows", async () => {
    writeFileSync(join(folder, "a.tlog-proof"), proofOf(5, 800));
    const url = await logAt(serve(1500, forked));
    expect(await verify(key, "--log", url, "a.tlog-proof")).toMatchObject({ code: 1 });
    expect(await verify(key, "--log", await logAt(serve(1500)), "a.tlog-proof")).toMatchObject({ code: 0 });
  });
});
