import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { EDGE_ROLES, ROLES, type Role } from "../../../prisma/roles.ts";
import { asRole } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";

type Secrets = { roles: Record<Role, string> };

/** SQLSTATE 42501: insufficient privilege. */
const DENIED = "42501";

scenario("the rights of the processes", (environment) => {
  const hub = openHub(environment);
  const secrets = JSON.parse(readFileSync(join(hub.home, "secrets.json"), "utf8")) as Secrets;
  afterAll(() => hub.close());

  /** Runs a statement as a process would; answers the SQLSTATE of its refusal, or null. */
  async function refusal(database: "hub" | "edge", role: Role, sql: string): Promise<string | null> {
    const url = asRole(database === "hub" ? hub.hubDatabase : hub.edgeDatabase, role, secrets.roles[role]);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.query("BEGIN");
      await client.query(sql);
      return null;
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    } finally {
      await client.end().catch(() => {});
    }
  }

  test("the API has a login in the hub and sees nothing of the edge database", async () => {
    expect(await refusal("hub", "madang_api", "SELECT FROM hub.dataset")).toBeNull();
    for (const sql of ["SELECT FROM edge.batch", "SELECT FROM edge.contribution", "SELECT FROM edge.draw"]) {
      // 28P01, 28000: no login at all.
      expect([DENIED, "28P01", "28000"]).toContain(await refusal("edge", "madang_api", sql));
    }
  });

  test("no process can change, delete or write by hand what is released", async () => {
    const { rows } = await hub.hub.query(
      `SELECT role, c.oid::regclass::text AS name, right_asked
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest($1::text[]) AS role
        CROSS JOIN unnest('{INSERT,UPDATE,DELETE,TRUNCATE}'::text[]) AS right_asked
        WHERE (n.nspname = 'open' OR c.oid IN (SELECT format('%I.%I', chunk_schema, chunk_name)::regclass
                 FROM timescaledb_information.chunks WHERE hypertable_schema = 'open'))
          AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege(role, c.oid, right_asked)`,
      [[...ROLES]],
    );
    expect(rows).toEqual([]);
    for (const role of ROLES) {
      for (const sql of [
        "UPDATE open.observation SET value = 0",
        "DELETE FROM open.release",
        "TRUNCATE open.log_leaf",
      ]) {
        expect([role, sql, await refusal("hub", role, sql)]).toEqual([role, sql, DENIED]);
      }
    }
  });

  test("the ledger's spending and a slot's state are written by triggers and functions alone", async () => {
    for (const sql of [
      "UPDATE ledger.population_day SET spent_micro = 0",
      "DELETE FROM ledger.debit",
      "UPDATE ledger.slot SET state = 'COMMITTED'",
    ]) {
      for (const role of ROLES) expect([role, sql, await refusal("hub", role, sql)]).toEqual([role, sql, DENIED]);
    }
  });

  test("the intake writes sealed batches that it cannot read again", async () => {
    expect(await refusal("edge", "madang_intake", "SELECT sealed FROM edge.inbox")).toBe(DENIED);
    expect(await refusal("edge", "madang_intake", "SELECT FROM edge.contribution")).toBe(DENIED);
    expect(await refusal("edge", "madang_intake", "DELETE FROM edge.inbox")).toBe(DENIED);
    expect(await refusal("edge", "madang_intake", "SELECT FROM edge.sequence")).toBeNull();
  });

  test("a draw of noise is written once and changed by nobody", async () => {
    for (const role of EDGE_ROLES) {
      expect(await refusal("edge", role, "UPDATE edge.draw SET values = '{}'")).toBe(DENIED);
      expect(await refusal("edge", role, "DELETE FROM edge.draw")).toBe(DENIED);
    }
  });

  test("the ingest worker reads no noise, the facts worker no contributions", async () => {
    expect(await refusal("edge", "madang_ingest", "SELECT FROM edge.draw")).toBe(DENIED);
    expect(await refusal("edge", "madang_ingest", "SELECT FROM edge.contribution")).toBe(DENIED);
    expect(await refusal("edge", "madang_facts", "SELECT FROM edge.contribution")).toBe(DENIED);
    expect(await refusal("edge", "madang_background", "SELECT FROM edge.batch")).toBe(DENIED);
    expect(await refusal("hub", "madang_facts", "SELECT open.commit_slot(gen_random_uuid(), '{}', '{}', '{}')")).toBe(
      DENIED,
    );
  });
});
