import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCheckpoint } from "../../../core/log/checkpoint.ts";
import { parseNote } from "../../../core/log/note.ts";
import { widthOf } from "../../../core/log/tile.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { readTile } from "../../../schema/trust/tree.ts";
import type { LogSigner } from "../../../workers/background/log-signer.ts";
import { sequence } from "../../../workers/background/sequence.ts";
import { openLogSigner } from "../../../workers/keyring/log-signer.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { until } from "../../support/wait.ts";
import { addLeaves, checkHistory, checkpoints, inProcess } from "./tree.ts";

const ORIGIN = "hub.example/log";

onStage("the log's sequencer", (stage) => {
  let hub: Pool;
  let folder: string;
  let signer: LogSigner;
  beforeAll(() => {
    hub = createPool(stage().addresses("madang_background").hub, { name: "sequencer" });
    folder = mkdtempSync(join(tmpdir(), "log-"));
    signer = inProcess(openLogSigner(folder));
  });
  afterAll(async () => {
    await hub.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = () => sequence(hub, signer, { origin: ORIGIN, batchSeconds: 1 });
  /** Runs until all that waits has its place: leaves of this second are due in the next. */
  const settle = (size: number) =>
    until(`a tree of ${size}`, async () => (await run()).size >= size, { everyMs: 200, limitMs: 10_000 });
  const kinds = async () =>
    (
      await stage().hub.query<{ kind: string }>(
        "SELECT convert_from(entry, 'UTF8')::jsonb ->> 'kind' AS kind FROM open.log_entry ORDER BY position",
      )
    ).rows.map(({ kind }) => kind);

  test("signs the empty tree first, and nothing again while nothing comes", async () => {
    expect(await run()).toEqual({ size: 0, signed: true });
    expect(await run()).toEqual({ size: 0, signed: false });
    const [first] = await checkpoints(hub);
    expect(parseCheckpoint(parseNote(first?.note ?? "").text)).toMatchObject({ origin: ORIGIN, size: 0 });
  });

  test("gives places to leaves in batches, without gap, whatever was rolled back before them", async () => {
    await stage().hub.query("BEGIN; SELECT open.append_leaf('OUTAGE', '{}'); ROLLBACK");
    await addLeaves(stage().hub, 3);
    await settle(3);
    await addLeaves(stage().hub, 2);
    await settle(5);
    expect(await checkHistory(stage().hub)).toEqual([0, 3, 5]);
  });

  test("keeps a leaf back until what it speaks of is public", async () => {
    // kills: an order by number, in which a release would be logged when it was worked on
    const leaf = (seconds: number) =>
      stage().hub.query(
        "SELECT open.append_leaf('OUTAGE', jsonb_build_object('publishedAt', now() + make_interval(secs => $1)))",
        [seconds],
      );
    await leaf(3600);
    await leaf(-1);
    await settle(6);
    expect(await run()).toMatchObject({ size: 6 });
    const { rows } = await stage().hub.query(
      "SELECT ceil(extract(epoch FROM due - now()) / 60) AS minutes FROM open.log_waiting",
    );
    expect(rows.map((row) => Number(row.minutes))).toEqual([60]);
  });

  test("orders a batch by hashes, so that places tell nothing of when", async () => {
    const count = 40;
    await addLeaves(stage().hub, count);
    await settle(6 + count);
    const { rows } = await stage().hub.query<{ leaf: number }>(
      "SELECT leaf_index AS leaf FROM open.log_entry WHERE position >= 6 ORDER BY position",
    );
    const inOrder = rows.filter(({ leaf }, i) => i > 0 && leaf < (rows[i - 1]?.leaf ?? 0)).length;
    // Numbers of such leaves fall; by chance about half of the steps do.
    expect(inOrder).toBeGreaterThan(count / 8);
    expect(inOrder).toBeLessThan((count * 7) / 8);
  });

  test("fills tiles of 256, whose hashes the database makes itself", async () => {
    await addLeaves(stage().hub, 700);
    await settle(746);
    await checkHistory(stage().hub);
    expect([0, 1].map((level) => widthOf({ level, index: 0 }, 746))).toEqual([256, 2]);
    expect(await readTile(hub, { level: 1, index: 0 }, 256)).toHaveLength(64);
    expect(await readTile(hub, { level: 0, index: 2 }, 256)).toHaveLength(32 * (746 - 512));
  });

  test("tells kinds, and of a licence nothing but a commitment", async () => {
    expect(new Set(await kinds())).toEqual(new Set(["GRANT", "OUTAGE"]));
    for (const body of ['{"sha256": "x"}', `{"sha256": "${"0".repeat(64)}", "licence": "one"}`, "{}"]) {
      await expect(stage().hub.query("SELECT open.append_leaf('REVOCATION', $1)", [body])).rejects.toMatchObject({
        code: "23514",
      });
    }
    const { rows } = await stage().hub.query<{ leaf: number }>(
      `SELECT open.append_leaf('REVOCATION', '{"sha256": "${"0".repeat(64)}"}') AS leaf`,
    );
    expect(rows[0]?.leaf).toBeLessThan(0);
    expect((await stage().hub.query("SELECT FROM open.published_leaf WHERE index < 0")).rowCount).toBe(0);
    await settle(747);
  });

  test("two sequencers at once give every leaf one place", async () => {
    await addLeaves(stage().hub, 300);
    const other = createPool(stage().addresses("madang_background").hub, { name: "other" });
    try {
      await until("all places", async () => {
        const runs = [hub, other].map((pool) => sequence(pool, signer, { origin: ORIGIN, batchSeconds: 1 }));
        for (const { status, reason } of (await Promise.allSettled(runs)) as PromiseRejectedResult[]) {
          // The slower one finds that the log has grown, or is refused a smaller tree.
          if (status === "rejected") expect(String(reason)).toMatch(/grown meanwhile|does not continue|entries of/);
        }
        return (await run()).size >= 1047;
      });
    } finally {
      await other.end();
    }
    await checkHistory(stage().hub);
    expect((await stage().hub.query("SELECT FROM open.log_entry")).rowCount).toBe(1047);
  });

  test.each([
    "UPDATE open.log_entry SET entry = 'x' WHERE position = 0",
    "DELETE FROM open.log_entry WHERE position = 1046",
    "TRUNCATE open.log_entry CASCADE",
    "UPDATE open.log_leaf SET body = '{}' WHERE index = -1",
    "DELETE FROM open.log_leaf",
    "UPDATE open.log_node SET hash = hash",
    "DELETE FROM open.log_checkpoint",
    "TRUNCATE open.log_checkpoint",
  ])("the owner of the tables cannot: %s", async (sql) => {
    const owner = await stage().hub.connect();
    try {
      await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
      await expect(owner.query(sql)).rejects.toMatchObject({ code: "MD050" });
    } finally {
      await owner.query("ROLLBACK");
      owner.release();
    }
  });

  test("no entry comes in between, leaves a gap, or has another hash than its own", async () => {
    const insert = (columns: string, position: number, more = "") =>
      stage().hub.query(
        `INSERT INTO open.log_entry (position, leaf_index, entry${columns})
         SELECT $1, open.append_leaf('OUTAGE', '{"publishedAt": "2100-01-01"}'), 'x'::bytea${more}`,
        [position],
      );
    await expect(insert("", 500)).rejects.toMatchObject({ code: "MD051" });
    await expect(insert("", 1048)).rejects.toMatchObject({ code: "MD051" });
    await expect(insert(", leaf_hash", 1047, ", 'x'::bytea")).rejects.toMatchObject({ code: "428C9" });
  });

  test.each(["madang_api", "madang_release", "madang_background", "madang_facts"])(
    "%s writes nothing of the log by hand",
    async (role) => {
      const pool = createPool(stage().addresses(role).hub, { name: "role" });
      try {
        for (const sql of [
          "INSERT INTO open.log_entry (position, leaf_index, entry) VALUES (1047, 1, 'x')",
          "INSERT INTO open.log_checkpoint (origin, verifier_key, size, root, note) VALUES ('a', 'b', 1, '', '')",
          "DELETE FROM open.log_waiting",
          "SELECT open.append_leaf('GRANT', '{}')",
          ...(role === "madang_background" ? [] : ["SELECT open.sequence_leaves(1047, 1, 1)"]),
        ]) {
          await expect(pool.query(sql)).rejects.toMatchObject({ code: "42501" });
        }
      } finally {
        await pool.end();
      }
    },
  );

  test("the hub keeps no checkpoint that is not the next of its log", async () => {
    const [last] = (await checkpoints(hub)).slice(-1);
    const store = (size: number, root: Buffer, key = last?.key) =>
      hub.query("SELECT open.store_checkpoint($1, $2, $3, $4, 'note')", [ORIGIN, key, size, root]);
    expect(last?.size).toBe(1047);
    await expect(store(1046, Buffer.alloc(32))).rejects.toMatchObject({ code: "MD052" });
    await expect(store(1047, Buffer.alloc(32))).rejects.toMatchObject({ code: "MD052" });
    await expect(store(1047, last?.root ?? Buffer.alloc(32), "another key")).rejects.toMatchObject({ code: "MD052" });
    await expect(store(1048, Buffer.alloc(32))).rejects.toMatchObject({ code: "MD052" });
    await store(1047, last?.root ?? Buffer.alloc(32));
    expect((await checkpoints(hub)).at(-1)).toEqual(last);
  });
});
