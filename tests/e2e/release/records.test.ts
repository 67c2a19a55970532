import { type KeyRecord, verifyChain } from "../../../core/privacy/key-record.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { storeRecords } from "../../../workers/background/records.ts";
import { makeChain } from "../../support/key-chain.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addScene } from "../../support/stage/scene.ts";

const PLAN = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 1 };
const NOW = new Date("2026-11-27T07:00:00.000Z").toISOString();
const KEPT = "MD030";
const DENIED = "42501";

// Rule P17: processing records are kept at least three years, and no role can change one before that.
onStage("processing records", (stage) => {
  let background: Pool;
  beforeAll(() => {
    background = createPool(stage().addresses("madang_background").hub, { name: "background" });
  });
  afterAll(() => background.end());

  const store = (told: readonly KeyRecord[]) =>
    storeRecords(background, async (since) => told.slice(since) as KeyRecord[], 0);
  const destroyed = (population: number, at: string) =>
    makeChain(at, [
      { at, kind: "KEY_CREATED", population, day: "2026-11-26" },
      { at, kind: "KEY_DESTROYED", population, day: "2026-11-26" },
    ]);

  test("tell what was processed, for what, on which basis and until when, once", async () => {
    const scene = await addScene(stage(), { plans: [PLAN] });
    await stage().hub.query("INSERT INTO ledger.debit (plan, day) VALUES ($1, '2026-11-26')", [scene.plans[0]]);
    const told = destroyed(scene.population, NOW);
    await Promise.all([store(told), store(told)]);
    await store(told);
    const { rows } = await stage().hub.query(
      "SELECT at, detail FROM hub.processing_record WHERE kind = 'DAY_PROCESSED' AND detail ->> 'population' = $1",
      [scene.slug],
    );
    expect(rows).toEqual([
      {
        at: new Date(NOW),
        detail: {
          population: scene.slug,
          day: "2026-11-26",
          controller: expect.any(String),
          purposes: [`${scene.slug}-0`],
          items: { unit: expect.any(String), readings: expect.any(Array) },
          basis: [expect.any(String)],
          destroyedBy: expect.stringContaining("2026-11-27T07:00:00"),
        },
      },
    ]);
    const leaves = await stage().hub.query(
      "SELECT kind FROM open.log_leaf WHERE body ->> 'keyring' = $1 ORDER BY index",
      [told[0]?.keyring],
    );
    expect(leaves.rows).toEqual([{ kind: "SIGNING_KEY" }, { kind: "KEY_DESTROYED" }]);
  });

  test("come back from the database as they were signed", async () => {
    const told = destroyed(1_000_001, NOW);
    await store(told);
    const { rows } = await stage().hub.query<{ at: Date; kind: string; detail: object }>(
      "SELECT at, kind, detail FROM hub.processing_record WHERE detail ->> 'keyring' = $1",
      [told[0]?.keyring],
    );
    const stored = rows.map(({ at, kind, detail }) => ({ at: at.toISOString(), kind, ...detail }) as KeyRecord);
    expect(verifyChain(stored)).toMatchObject({ number: 3 });
  });

  test("are changed and deleted by nobody, their owner included, and written by the function alone", async () => {
    await store(destroyed(1_000_002, NOW));
    for (const sql of [
      "UPDATE hub.processing_record SET detail = '{}'",
      "DELETE FROM hub.processing_record",
      "TRUNCATE hub.processing_record",
    ]) {
      await expect(stage().hub.query(sql)).rejects.toMatchObject({ code: KEPT });
      // A session that replicates skips plain triggers.
      const client = await stage().hub.connect();
      await client.query("BEGIN; SET LOCAL session_replication_role = replica");
      await expect(client.query(sql)).rejects.toMatchObject({ code: KEPT });
      client.release(true);
    }
    for (const role of ["api", "intake", "ingest", "release", "facts", "background"]) {
      const pool = createPool(stage().addresses(`madang_${role}`).hub, { name: role });
      for (const sql of [
        "INSERT INTO hub.processing_record (kind, detail) VALUES ('KEY_DESTROYED', '{}')",
        "UPDATE hub.processing_record SET detail = '{}'",
        "DELETE FROM hub.processing_record",
        "TRUNCATE hub.processing_record",
        ...(role === "background" ? [] : ["SELECT hub.store_key_records('[]')", "SELECT hub.remove_expired_records()"]),
      ])
        await expect(pool.query(sql)).rejects.toMatchObject({ code: DENIED });
      await pool.end();
    }
    await expect(
      background.query(
        `SELECT hub.store_key_records('[{"id":"00000000-0000-4000-8000-000000000001","kind":"GRANT"}]')`,
      ),
    ).rejects.toMatchObject({ code: "MD031" });
  });

  test("are removed when three years and a month are over, but for the public keys, and the rest is still checked", async () => {
    // kills: records removed early; kept for ever; signing keys removed with them
    const ago = async (interval: string): Promise<string> => {
      const { rows } = await stage().hub.query<{ at: Date }>("SELECT now() - $1::interval AS at", [interval]);
      return rows[0]?.at.toISOString() ?? "";
    };
    const [old, young] = [await ago("3 years 32 days"), await ago("3 years 27 days")];
    const told = makeChain(old, [
      { at: old, kind: "KEY_CREATED", population: 1_000_003, day: "2023-01-01" },
      { at: old, kind: "KEY_DESTROYED", population: 1_000_003, day: "2023-01-01" },
      { at: young, kind: "KEY_CREATED", population: 1_000_003, day: "2023-01-05" },
      { at: young, kind: "KEY_DESTROYED", population: 1_000_003, day: "2023-01-05" },
    ]);
    await store(told);
    const { rows } = await background.query<{ removed: number }>("SELECT hub.remove_expired_records() AS removed");
    expect(Number(rows[0]?.removed)).toBe(2);
    const left = await stage().hub.query<{ at: Date; kind: string; detail: object }>(
      "SELECT at, kind, detail FROM hub.processing_record WHERE detail ->> 'keyring' = $1",
      [told[0]?.keyring],
    );
    const stored = left.rows.map(({ at, kind, detail }) => ({ at: at.toISOString(), kind, ...detail }) as KeyRecord);
    expect(stored.map(({ number }) => number).sort()).toEqual([1, 4, 5]);
    expect(verifyChain(stored, { begins: 4 }).number).toBe(5);
  });
});
