import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "../../../core/log/checkpoint.ts";
import { parseVerifier } from "../../../core/log/note.ts";
import { parseProof, verifyProof } from "../../../core/log/proof.ts";
import { decodeEntries, formatTilePath, TILE_WIDTH, widthOf } from "../../../core/log/tile.ts";
import { hashLeaf, hashNode, hashRange, treeRange } from "../../../core/log/tree.ts";
import { scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";
import { until } from "../../support/wait.ts";
import { data } from "../graph/ask.ts";
import { addLeaves } from "./tree.ts";
import { verifyLog } from "./verifier.ts";

const VERIFY = `query ($id: ID!) { verifyRelease(id: $id) { state index leaf leafHash checkpoint proof salt body } }`;
type Verified = {
  verifyRelease: {
    state: string;
    index: number;
    leaf: string;
    leafHash: string;
    checkpoint: string;
    proof: string;
    salt: null;
  } | null;
};

scenario("the log's door", (environment) => {
  const { url } = environment;
  const hub = openHub(environment);
  afterAll(() => hub.close());
  const get = (path: string, init?: RequestInit) => fetch(`${url}/log/${path}`, init);
  const text = async (path: string) => (await get(path)).text();
  const key = async () => parseVerifier(await text("key"));
  const checkpoint = async () => openCheckpoint(await text("checkpoint"), await key());
  const bytes = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer());
  /** A release of the sample city that is in the log. */
  const anyRelease = () =>
    until("a release in the log", async () => {
      const { releases } = await data<{
        releases: { nodes: { id: string; logIndex: number | null; valuesSha256: string }[] };
      }>(url, "{ releases(first: 20) { nodes { id logIndex valuesSha256 } } }");
      return releases.nodes.find(({ logIndex, valuesSha256 }) => logIndex !== null && valuesSha256 !== null);
    });

  test("shows a signed checkpoint that is never kept in a cache, and the key to check it", async () => {
    const answer = await get("checkpoint");
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
      200,
      "text/plain; charset=utf-8",
      "no-cache",
    ]);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    const { origin, size } = openCheckpoint(await answer.text(), await key());
    expect(origin).toBe(`${new URL(url).host}/log`);
    expect(size).toBeGreaterThan(0);
  });

  test("serves all entries and hashes of the signed tree, by which anybody computes its root", async () => {
    const { size, root } = await checkpoint();
    const entries: Buffer[] = [];
    for (let index = 0; index * TILE_WIDTH < size; index++) {
      const width = widthOf({ level: 0, index }, size);
      const bundle = decodeEntries(await bytes(formatTilePath({ kind: "ENTRIES", level: 0, index, width })));
      expect(bundle).toHaveLength(width);
      const hashes = Buffer.concat(bundle.map(hashLeaf));
      expect((await bytes(formatTilePath({ kind: "HASHES", level: 0, index, width }))).equals(hashes)).toBe(true);
      entries.push(...bundle);
    }
    const hashOf = (level: number, at: number): Buffer =>
      level === 0
        ? hashLeaf(entries[at] as Buffer)
        : hashNode(hashOf(level - 1, 2 * at), hashOf(level - 1, 2 * at + 1));
    expect(hashRange(treeRange(size), hashOf).equals(root)).toBe(true);
    const kinds = new Set(entries.map((entry) => (JSON.parse(entry.toString()) as { kind: string }).kind));
    expect([...kinds]).toEqual(expect.arrayContaining(["RELEASE", "FACT"]));
  }, 60_000);

  test("says that tiles never change, and shows none that no signed tree has", async () => {
    const { size } = await checkpoint();
    const last = Math.floor(size / TILE_WIDTH);
    const answer = await get(formatTilePath({ kind: "HASHES", level: 0, index: 0, width: Math.min(size, TILE_WIDTH) }));
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
      200,
      "application/octet-stream",
      "public, max-age=31536000, immutable",
    ]);
    const beyond = [
      formatTilePath({ kind: "HASHES", level: 0, index: last + 100, width: TILE_WIDTH }),
      formatTilePath({ kind: "ENTRIES", level: 0, index: last + 100, width: 1 }),
      formatTilePath({ kind: "HASHES", level: 7, index: 0, width: 1 }),
      "tile/0/0",
      "tile/0/000.p/256",
      "tile/entries/%2e%2e/000",
      "",
      "nothing",
    ];
    for (const path of beyond) expect([path, (await get(path)).status]).toEqual([path, 404]);
    expect((await get("checkpoint", { method: "POST" })).status).toBe(405);
  });

  test("grows by whole checkpoints: an older one is the beginning of a newer one", async () => {
    const python = process.env["PYTHON_PATH"];
    if (python === undefined) return void process.stderr.write("skipped: no Python, PYTHON_PATH is not set\n");
    const folder = mkdtempSync(join(tmpdir(), "stranger-"));
    try {
      writeFileSync(join(folder, "key"), await text("key"));
      const visit = () => verifyLog(python, ["key", "--log", `${url}/log`, "--seen", "seen"], folder);
      expect(await visit()).toMatchObject({ code: 0 });
      const first = readFileSync(join(folder, "seen"), "utf8");
      await addLeaves(hub.hub, 300);
      await until("the log has grown", async () => (await text("checkpoint")) !== first, { limitMs: 90_000 });
      expect(await visit()).toMatchObject({ code: 0, output: expect.stringContaining("1 earlier") });
      expect(readFileSync(join(folder, "seen"), "utf8")).not.toBe(first);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  test("a published release is proved to whoever has the log's key, and to a stranger with Python alone", async () => {
    const { id, logIndex, valuesSha256 } = await anyRelease();
    const { verifyRelease } = await data<Verified>(url, VERIFY, { id });
    expect(verifyRelease).toMatchObject({ state: "LOGGED", index: logIndex, salt: null, body: null });
    const { leaf = "", leafHash = "", proof = "" } = verifyRelease ?? {};
    expect(hashLeaf(Buffer.from(leaf)).toString("hex")).toBe(leafHash);
    expect(JSON.parse(leaf)).toMatchObject({ kind: "RELEASE", leaf: { sha256: valuesSha256 } });
    expect(verifyProof(proof, Buffer.from(leaf), await key())).toMatchObject({ index: logIndex });
    expect(parseProof(proof).extra?.toString()).toBe(JSON.stringify({ entry: leaf }));
    const python = process.env["PYTHON_PATH"];
    if (python === undefined) return void process.stderr.write("skipped: no Python, PYTHON_PATH is not set\n");
    const folder = mkdtempSync(join(tmpdir(), "stranger-"));
    try {
      writeFileSync(join(folder, "release.tlog-proof"), proof);
      const args = [(await text("key")).trim(), "--log", `${url}/log`, "release.tlog-proof"];
      expect(await verifyLog(python, args, folder)).toMatchObject({
        code: 0,
        output: expect.stringContaining("RELEASE"),
      });
      const forged = { entry: leaf.replace(valuesSha256, "0".repeat(64)) };
      const extra = Buffer.from(JSON.stringify(forged)).toString("base64");
      writeFileSync(join(folder, "release.tlog-proof"), proof.replace(/^extra .*$/m, `extra ${extra}`));
      expect(await verifyLog(python, args, folder)).toMatchObject({ code: 1 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("the digest of values that are not open to everyone can be tried out by nobody: the log holds a salted commitment", async () => {
    const leafOf = async (dataset: string) => {
      const { rows } = await hub.hub.query<{ body: Record<string, unknown>; digest: string; salt: Buffer | null }>(
        `SELECT l.body, encode(r.digest, 'hex') AS digest, s.salt
           FROM open.published_release r JOIN open.log_leaf l ON l.index = r.log_index
           LEFT JOIN open.leaf_salt s ON s.leaf_index = l.index
          WHERE r.dataset = $1 AND NOT r.abandoned LIMIT 1`,
        [dataset],
      );
      const [row] = rows;
      if (row === undefined) throw new Error(`no release of ${dataset}`);
      return row;
    };
    const told = async (dataset: string) =>
      (
        await data<{ releases: { nodes: { id: string; valuesSha256: string | null }[] } }>(
          url,
          "query ($dataset: String!) { releases(first: 1, dataset: $dataset) { nodes { id valuesSha256 } } }",
          { dataset },
        )
      ).releases.nodes[0];
    const open = await leafOf("sangmu-vehicles");
    expect([open.salt, open.body["sha256"]]).toEqual([null, open.digest]);
    expect((await told("sangmu-vehicles"))?.valuesSha256).toMatch(/^[0-9a-f]{64}$/);

    const { body, digest, salt } = await leafOf("sangmu-freight");
    const commitment = createHash("sha256")
      .update(salt ?? Buffer.of())
      .update(digest)
      .digest("hex");
    expect(salt).toHaveLength(32);
    expect(body).toMatchObject({ salted: true, sha256: commitment });
    const release = await told("sangmu-freight");
    expect(release?.valuesSha256).toBeNull();
    expect(await data<Verified>(url, VERIFY, { id: release?.id })).toMatchObject({
      verifyRelease: { salt: null, body: null },
    });
  });

  test("what is no release is not proved", async () => {
    for (const id of ["x", Buffer.from("Release:00000000-0000-4000-8000-000000000000").toString("base64url")]) {
      expect((await data<Verified>(url, VERIFY, { id })).verifyRelease).toBeNull();
    }
  });
});
