import {
  ACTIONS,
  actionsOf,
  type LicenceAction,
  type LicenceState,
  STATES,
  TRANSITIONS,
} from "../../../core/licence/machine.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { codeOf, type Fair, openFair } from "./fair.ts";

// Every pair of a state and an action that is not in the table is refused: by the function that acts, by the rights of the
// API's role, and by the constraints even for the database's owner.
onStage("The machine of licences in the database", (stage) => {
  let fair: Fair;
  const there = new Map<LicenceState, string>();

  type Deed = readonly [action: LicenceAction, side: "applicant" | "steward"];
  const GRANTED: readonly Deed[] = [
    ["APPROVE", "steward"],
    ["ACTIVATE", "applicant"],
  ];
  /** How a request comes to a state; days: then the clock runs so much later. */
  const ways: Record<LicenceState, { deeds: readonly Deed[]; days?: number }> = {
    REQUESTED: { deeds: [] },
    INFO_NEEDED: { deeds: [["ASK", "steward"]] },
    APPROVED: { deeds: [["APPROVE", "steward"]] },
    ACTIVE: { deeds: GRANTED },
    SUSPENDED: { deeds: [...GRANTED, ["SUSPEND", "steward"]] },
    REVOKED: { deeds: [...GRANTED, ["REVOKE", "steward"]] },
    REFUSED: { deeds: [["REFUSE", "steward"]] },
    WITHDRAWN: { deeds: [["WITHDRAW", "applicant"]] },
    EXPIRED: { deeds: GRANTED, days: 40 },
    LAPSED: { deeds: [], days: 46 },
  };

  beforeAll(async () => {
    fair = await openFair(stage());
    // Those that the clock moves come first: it moves whatever stands.
    const order: LicenceState[] = [
      "LAPSED",
      "EXPIRED",
      ...STATES.filter((state) => state !== "LAPSED" && state !== "EXPIRED"),
    ];
    for (const state of order) {
      const { id } = await fair.request(state === "EXPIRED" ? { to: fair.today } : {});
      const { deeds, days } = ways[state];
      for (const [action, side] of deeds) await fair.act(id, action, fair[side]);
      if (days !== undefined) await fair.runClock(new Date(Date.now() + days * 86_400_000));
      there.set(state, id);
    }
  });
  afterAll(() => fair.close());

  test("has the same table as the code", async () => {
    const { rows } = await fair.api.query(
      'SELECT from_state AS "from", action, to_state AS "to", by FROM market.transition',
    );
    const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(rows)).toEqual(sorted(TRANSITIONS));
  });

  test("stands in every state", async () => {
    for (const [state, id] of there) expect((await fair.licence(id)).state).toBe(state);
    expect(there.size).toBe(STATES.length);
  });

  test.each(STATES)("from %s takes the steps of the table and no other, from each side", async (state) => {
    const id = there.get(state) ?? "";
    const client = await fair.api.connect();
    try {
      for (const action of ACTIONS) {
        for (const side of ["APPLICANT", "STEWARD"] as const) {
          const actor = side === "APPLICANT" ? fair.applicant : fair.second;
          await client.query("BEGIN");
          const found = await fair.act(id, action, actor, {}, client).then(
            (row) => row.state,
            (error: { code?: string }) => error.code,
          );
          await client.query("ROLLBACK");
          const step = TRANSITIONS.find((one) => one.from === state && one.action === action);
          const isAllowed = actionsOf(state, side).includes(action);
          const isKnown = step !== undefined && action !== "ENDORSE";
          expect([action, side, found]).toEqual([action, side, isAllowed ? step?.to : isKnown ? "MD042" : "MD041"]);
        }
      }
    } finally {
      client.release();
    }
  });

  test("cannot be moved by the API's role with SQL of its own, nor past it by its functions", async () => {
    const id = there.get("REVOKED") ?? "";
    const tries = [
      "UPDATE market.licence SET state = 'ACTIVE' WHERE id = $1",
      "INSERT INTO market.licence_event (licence, seq, action, from_state, to_state, at, detail) VALUES ($1, 9, 'RESUME', 'SUSPENDED', 'ACTIVE', now(), '{}')",
      "DELETE FROM market.licence_event WHERE licence = $1",
      "INSERT INTO market.transition SELECT 'REVOKED', 'RESUME', 'ACTIVE', '{STEWARD}' WHERE $1 <> ''",
      "UPDATE market.access_version SET version = 0 WHERE $1 <> ''",
      "UPDATE market.api_key SET revoked_at = NULL WHERE licence = $1",
      "UPDATE market.member SET role = 'OWNER' WHERE $1 <> ''",
      "SELECT market.step($1, 1, 'RESUME', 'STEWARD', NULL, NULL, '{}', now(), NULL)",
      "SELECT market.run_clock(now() + interval '99 years') WHERE $1 <> ''",
      "SELECT market.audit_write(NULL, 'LIE', 'LICENCE', $1, NULL, NULL, NULL)",
      "SELECT market.raise_access() WHERE $1 <> ''",
      "SELECT hash FROM market.api_key WHERE licence = $1",
      "SELECT token_hash FROM market.invitation WHERE $1 <> ''",
    ];
    // "insufficient privilege" for each, and the positive control: reading is allowed.
    for (const sql of tries)
      expect([sql, await codeOf(fair.api.query(sql.replaceAll("$1 <> ''", "$1::text <> ''"), [id]))]).toEqual([
        sql,
        "42501",
      ]);
    expect(await codeOf(fair.api.query("SELECT state FROM market.licence WHERE id = $1", [id]))).toBe("OK");
  });

  test("cannot be left by anybody who writes the tables by hand: no event outside the table, out of turn, or missing", async () => {
    const id = there.get("REVOKED") ?? "";
    const { seq } = await fair.licence(id);
    const event = (number: number, action: string, from: string, to: string) =>
      fair.hub.query(
        `INSERT INTO market.licence_event (licence, seq, action, from_state, to_state, at, reason, detail)
         VALUES ($1, $2, $3, $4, $5, now(), 'for a reason of some length', '{}')`,
        [id, number, action, from, to],
      );
    const FOREIGN_KEY = "23503";
    for (const to of STATES) {
      for (const action of ACTIONS) expect(await codeOf(event(seq + 1, action, "REVOKED", to))).toBe(FOREIGN_KEY);
    }
    // A step of the table from a state that it is not in, one after a gap, one that was.
    expect(await codeOf(event(seq + 1, "RESUME", "SUSPENDED", "ACTIVE"))).toBe(FOREIGN_KEY);
    expect(await codeOf(event(seq + 2, "ACTIVATE", "APPROVED", "ACTIVE"))).toBe(FOREIGN_KEY);
    expect(await codeOf(event(seq, "RESUME", "SUSPENDED", "ACTIVE"))).toBe("23505");
    expect(await codeOf(event(1, "REQUEST", "NONE", "REQUESTED"))).toBe("23505");
    for (const state of STATES.filter((one) => one !== "REVOKED")) {
      const write = fair.hub.query("UPDATE market.licence SET state = $2, seq = seq + 1 WHERE id = $1", [id, state]);
      expect(["23503", "23514"]).toContain(await codeOf(write));
    }
    expect(await codeOf(fair.hub.query("UPDATE market.licence SET state = 'ACTIVE' WHERE id = $1", [id]))).toBe(
      "MD042",
    );
  });

  test("keeps what happened: no event is changed or deleted, not even by the owner in a session that replicates", async () => {
    const id = there.get("ACTIVE") ?? "";
    const client = await fair.hub.connect();
    try {
      await client.query("SET session_replication_role = replica");
      expect(await codeOf(client.query("UPDATE market.licence_event SET reason = 'x' WHERE licence = $1", [id]))).toBe(
        "MD042",
      );
      expect(await codeOf(client.query("DELETE FROM market.licence_event WHERE licence = $1", [id]))).toBe("MD042");
      expect(await codeOf(client.query("TRUNCATE market.licence_event CASCADE"))).toBe("MD042");
      expect(await codeOf(client.query("DELETE FROM market.audit"))).toBe("MD042");
    } finally {
      client.release(true);
    }
    expect(await codeOf(fair.hub.query("DELETE FROM market.transition"))).toBe("MD042");
  });
});
