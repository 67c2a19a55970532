import { ROLES } from "../../../prisma/roles.ts";
import { API_CALLS } from "../../support/market-calls.ts";
import { onStage } from "../../support/stage/on-stage.ts";

/** What a process may call of the market, closed: each function checks what it is asked for itself. */
const CALLS: Partial<Record<(typeof ROLES)[number], readonly string[]>> = {
  madang_api: API_CALLS,
  madang_background: ["run_clock", "count_days", "remove_expired"],
};

onStage("The rights of the processes in the market", (stage) => {
  test("let nobody write a table of it: neither rows nor columns, by no role", async () => {
    const { rows } = await stage().hub.query(
      `SELECT role, c.oid::regclass::text AS name, asked
         FROM pg_class c CROSS JOIN unnest($1::text[]) AS role
        CROSS JOIN unnest('{INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS asked
        WHERE c.relnamespace = 'market'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
          AND (has_table_privilege(role, c.oid, asked)
               OR asked IN ('INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(role, c.oid, asked))`,
      [[...ROLES]],
    );
    expect(rows).toEqual([]);
  });

  test("let each process call the functions that it needs, and no other", async () => {
    for (const role of ROLES) {
      const { rows } = await stage().hub.query<{ name: string }>(
        `SELECT DISTINCT proname AS name FROM pg_proc
          WHERE pronamespace = 'market'::regnamespace AND has_function_privilege($1, oid, 'EXECUTE')`,
        [role],
      );
      expect([role, rows.map(({ name }) => name).sort()]).toEqual([role, [...(CALLS[role] ?? [])].sort()]);
    }
  });

  test("show keys' hashes and invitations' tokens to no role; one function finds the key of a lookup", async () => {
    for (const role of ROLES) {
      const { rows } = await stage().hub.query(
        `SELECT has_column_privilege($1, 'market.api_key', 'hash', 'SELECT') AS hash,
                has_column_privilege($1, 'market.invitation', 'token_hash', 'SELECT') AS token`,
        [role],
      );
      expect([role, rows]).toEqual([role, [{ hash: false, token: false }]]);
    }
  });

  test("let nobody change an offer, a view or an organisation of the catalogue by hand", async () => {
    const { rows } = await stage().hub.query(
      `SELECT role, t AS name FROM unnest($1::text[]) AS role
        CROSS JOIN unnest('{hub.offer,hub.dataset_view,hub.organization,hub.dataset}'::text[]) AS t
        WHERE has_table_privilege(role, t, 'INSERT') OR has_table_privilege(role, t, 'UPDATE') OR has_table_privilege(role, t, 'DELETE')`,
      [[...ROLES]],
    );
    expect(rows).toEqual([]);
  });
});
