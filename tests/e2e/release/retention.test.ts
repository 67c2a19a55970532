import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { POSTGRES } from "../../../docker/local/stack/stores.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { onStage } from "../../support/stage/on-stage.ts";

const TEXT = readFileSync(new URL("../../../docs/retention.md", import.meta.url), "utf8");
/** The tables of docs/retention.md with what it says of their end. */
const STATED = new Map(
  [...TEXT.matchAll(/^\| `((?:edge|hub)\.\w+)`\s*\|[^|]*\| ([^|]*?)\s*\|$/gm)].map(([, name, ends]) => [name, ends]),
);
const periodOf = (ends: string): string | undefined => /^after (\d+ (?:hour|days))\b/.exec(ends)?.[1];

type Rows = {
  /** Inserts a row whose clock starts at $1. */
  readonly insert: string;
  /** The column of that clock. */
  readonly clock: string;
  /** Chunks are dropped whole: how much older than the period a row must be. */
  readonly chunk?: string;
};
const BYTES = "decode(repeat('00', 32), 'hex')";
const SHORT = "decode(repeat('00', 16), 'hex')";
const ROWS: Record<string, Rows> = {
  "edge.inbox": {
    insert: `INSERT INTO edge.inbox (batch, received_at, enc, sealed) VALUES (gen_random_uuid(), $1, ${BYTES}, '')`,
    clock: "received_at",
    chunk: "1 hour",
  },
  "edge.batch": {
    insert: `INSERT INTO edge.batch (id, population, feed, device, key_day, received_at, readings, state)
             VALUES (gen_random_uuid(), 1, 'f', 'd', '2026-01-01', $1, 1, 'DONE')`,
    clock: "received_at",
  },
  "edge.sequence": {
    insert: `INSERT INTO edge.sequence (device, sequence, batch, digest, at)
             VALUES (gen_random_uuid()::text, 1, gen_random_uuid(), ${BYTES}, $1)`,
    clock: "at",
  },
  "edge.quarantine": {
    insert: `INSERT INTO edge.quarantine (batch, reading, key_day, population, reason, enc, sealed, at)
             VALUES (gen_random_uuid(), 0, '2026-01-01', 1, 'ROW_INVALID', ${BYTES}, '', $1)`,
    clock: "at",
  },
  "edge.day_report": {
    insert: `INSERT INTO edge.day_report (plan, day, contributions, bounded_away)
             VALUES (1, ($1::timestamptz)::date, 0, 0)`,
    clock: "day",
    chunk: "1 day",
  },
  "edge.draw": {
    insert:
      "INSERT INTO edge.draw (slot, cells, values, silent, drawn_at) VALUES (gen_random_uuid(), '{}', '{}', '{}', $1)",
    clock: "drawn_at",
  },
  "edge.heartbeat": {
    insert: "INSERT INTO edge.heartbeat (device, feed, at) VALUES ('d', 'f', $1)",
    clock: "at",
    chunk: "1 day",
  },
  "edge.fact": {
    insert: `INSERT INTO edge.fact (id, class, fact, received_at, published)
             VALUES (gen_random_uuid(), 'EVENT', '{}', $1, true)`,
    clock: "received_at",
  },
  "edge.report": {
    insert: `INSERT INTO edge.report (id, received_at, population, day, source, source_kind, verified, device, feed, key,
               revision, category, severity, urgency, certainty, at, longitude, latitude, snap_version, point, block_start, block_end)
             VALUES (gen_random_uuid(), $1, 1, '2026-01-01', ${SHORT}, 'DEVICE', true, 'd', 'f', 'k', 1, 'NOISE', 'MINOR', 'PAST',
               'OBSERVED', $1, 0, 0, 1, '', $1, ($1::timestamptz) + interval '3 hours')`,
    clock: "received_at",
    chunk: "1 day",
  },
  "edge.report_note": {
    insert: "INSERT INTO edge.report_note (report, received_at, note) VALUES (gen_random_uuid(), $1, 'x')",
    clock: "received_at",
    chunk: "1 day",
  },
  "edge.report_cell": {
    insert: `INSERT INTO edge.report_cell (population, snap_version, point, block_start, judged_at) VALUES (1, 1, '', $1, $1)`,
    clock: "judged_at",
  },
};

// Rule P17: data end on their clock, and docs/retention.md says when.
onStage("retention", (stage) => {
  let background: Pool;
  beforeAll(() => {
    background = createPool(stage().addresses("madang_background").edge, { name: "background" });
  });
  afterAll(() => background?.end());

  const expire = async (): Promise<void> => {
    await background.query("SELECT edge.drop_expired()");
    await background.query("SELECT edge.drop_reports()");
  };

  test("is stated for every table of the restricted database, and for no other", async () => {
    const { rows } = await stage().edge.query<{ name: string }>(
      `SELECT 'edge.' || relname AS name FROM pg_class WHERE relnamespace = 'edge'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
    );
    const stated = [...STATED.keys()].filter((name) => name?.startsWith("edge.")).sort();
    expect(stated).toEqual(rows.map(({ name }) => name));
  });

  test("is tried for every period that is stated", () => {
    const periods = [...STATED].filter(([, ends]) => periodOf(ends ?? "") !== undefined).map(([name]) => name);
    expect(Object.keys(ROWS).sort()).toEqual(periods.sort());
  });

  test.each(Object.entries(ROWS))("%s holds a row until its time is over, and not longer", async (table, rows) => {
    // kills: a table that is forgotten; a period that is longer or shorter than what is stated
    const period = periodOf(STATED.get(table) ?? "");
    if (period === undefined) throw new Error(`no period is stated for ${table}`);
    const { edge } = stage();
    const at = async (sql: string): Promise<Date> => {
      const { rows: found } = await edge.query<{ at: Date }>(`SELECT date_trunc('milliseconds', now() - ${sql}) AS at`);
      return found[0]?.at ?? new Date(Number.NaN);
    };
    const chunk = `interval '${rows.chunk ?? "0"}'`;
    const old = await at(`(interval '${period}' + ${chunk} + interval '5 minutes')`);
    const young = await at(`(interval '${period}' - interval '5 minutes')`);
    await edge.query(rows.insert, [old]);
    await edge.query(rows.insert, [young]);
    await expire();
    const { rows: left } = await edge.query<{ n: number }>(
      `SELECT count(*) FILTER (WHERE ${rows.clock} <= $1)::integer AS n, count(*)::integer AS total FROM ${table}`,
      [old],
    );
    expect(left).toEqual([{ n: 0, total: 1 }]);
  });

  test("waits for a batch that is not processed: its payload stays, however old", async () => {
    const { edge } = stage();
    const old = new Date(Date.now() - 5 * 3_600_000);
    await edge.query(
      `INSERT INTO edge.batch (id, population, feed, device, key_day, received_at, readings)
       VALUES (gen_random_uuid(), 1, 'f', 'd', '2026-01-01', $1, 1)`,
      [old],
    );
    await edge.query(ROWS["edge.inbox"]?.insert ?? "", [old]);
    await expire();
    const { rows } = await edge.query("SELECT FROM edge.inbox WHERE received_at = $1", [old]);
    expect(rows).toHaveLength(1);
  });

  test("empties the write-ahead log after a day was destroyed, once", async () => {
    const { edge } = stage();
    await background.query("SELECT edge.forget_log()");
    const canary = randomBytes(16);
    await edge.query(
      "INSERT INTO edge.population_day (population, day, state, sealed_at, key_destroyed_at) VALUES (9, '2026-01-01', 'SEALED', now(), now() - interval '1 minute')",
    );
    await edge.query(
      `INSERT INTO edge.contribution (day, plan, window_start, cell, pseudonym) VALUES ('2026-01-01', 1, '2026-01-01', 1, $1)`,
      [canary],
    );
    const segment = async () =>
      (await edge.query<{ name: string }>("SELECT pg_walfile_name(pg_current_wal_lsn()) AS name")).rows[0]?.name;
    const before = await segment();
    const forget = async () =>
      (await background.query<{ forget_log: boolean }>("SELECT edge.forget_log()")).rows[0]?.forget_log;
    expect(await forget()).toBe(true);
    const { rows } = await edge.query<{ name: string }>("SELECT name FROM pg_ls_waldir()");
    expect(rows.map(({ name }) => name)).not.toContain(before);
    expect(await forget()).toBe(false);
  });

  test("is not undone by a backup: the edge cluster has the settings that keep one from being made", async () => {
    const { rows } = await stage().edge.query<{ name: string; setting: string; unit: string | null }>(
      "SELECT name, setting, unit FROM pg_settings WHERE name = ANY ($1)",
      [Object.keys(POSTGRES.edge)],
    );
    const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
    for (const name of ["wal_level", "max_wal_senders", "archive_mode", "wal_recycle", "summarize_wal"]) {
      expect([name, settings.get(name)]).toEqual([name, POSTGRES.edge[name]]);
      expect(TEXT).toContain(`${name}=${POSTGRES.edge[name]}`);
    }
    const { user, password, host, port } = new pg.Client({ connectionString: process.env.EDGE_DATABASE_URL });
    // A base backup begins with a connection of this kind.
    const sender = new pg.Client({
      user: user ?? "",
      password: password ?? "",
      host,
      port,
      replication: "true",
    } as pg.ClientConfig);
    await expect(sender.connect()).rejects.toThrow();
    await sender.end().catch(() => {});
  });
});
