import { createHash } from "node:crypto";
import { value } from "../../support/databases.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { codeOf, type Fair, openFair, sha256 } from "./fair.ts";

// What happened is told by a trail that nobody can bend, and what is personal of it can go.
onStage("The record of the market", (stage) => {
  let fair: Fair;
  beforeAll(async () => {
    fair = await openFair(stage());
  });
  afterAll(() => fair.close());

  const faults = async () => (await fair.api.query("SELECT id::int, fault FROM market.audit_faults()")).rows;
  /** Changes the trail as only its owner could, past the trigger. */
  const bend = async (sql: string, values: unknown[] = []) => {
    const client = await fair.hub.connect();
    try {
      await client.query("BEGIN");
      await client.query("ALTER TABLE market.audit DISABLE TRIGGER ALL");
      await client.query(sql, values);
      await client.query("ALTER TABLE market.audit ENABLE ALWAYS TRIGGER keep_audit");
      const { rows } = await client.query("SELECT fault FROM market.audit_faults()");
      return rows.map(({ fault }) => fault);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  };

  test("holds every act: who, what, when, why, before and after, in one chain", async () => {
    const { id } = await fair.request();
    await fair.accept(id);
    await fair.act(id, "REVOKE", fair.steward, { reason: "The data were passed on to others." });
    const { rows } = await fair.api.query(
      "SELECT act, actor, reason, before ->> 'state' AS was, after ->> 'state' AS is FROM market.audit WHERE subject_id = $1 ORDER BY id",
      [id],
    );
    expect(rows.map(({ act, was, is }) => [act, was, is])).toEqual([
      ["LICENCE_REQUEST", null, "REQUESTED"],
      ["LICENCE_APPROVE", "REQUESTED", "APPROVED"],
      ["LICENCE_ACTIVATE", "APPROVED", "ACTIVE"],
      ["LICENCE_REVOKE", "ACTIVE", "REVOKED"],
    ]);
    expect(rows.at(-1)).toMatchObject({ actor: fair.steward, reason: "The data were passed on to others." });
    expect(await faults()).toEqual([]);
  });

  test("shows every way of bending it: an entry changed, taken out, put in, swapped or given another hash", async () => {
    await fair.join("witness", "VIEWER");
    const middle = await value<number>(fair.hub, "SELECT id::int FROM market.audit ORDER BY id OFFSET 3 LIMIT 1");
    expect(await bend("SELECT 1")).toEqual([]);
    expect(await bend("UPDATE market.audit SET reason = 'another reason' WHERE id = $1", [middle])).toEqual(["HASH"]);
    expect(await bend("UPDATE market.audit SET actor = NULL WHERE id = $1", [middle])).toEqual(["HASH"]);
    expect(await bend("UPDATE market.audit SET at = at + interval '1 microsecond' WHERE id = $1", [middle])).toEqual([
      "HASH",
    ]);
    expect(await bend("DELETE FROM market.audit WHERE id = $1", [middle])).toEqual(["CHAIN"]);
    // With a hash that fits the change, the entry after it does not fit.
    const rehash = `UPDATE market.audit a SET reason = 'lie',
      hash = sha256(previous || convert_to(market.audit_text(jsonb_populate_record(a, '{"reason": "lie"}')), 'UTF8')) WHERE id = $1`;
    expect(await bend(rehash, [middle])).toEqual(["CHAIN"]);
    expect(await bend('UPDATE market.audit_personal SET body = \'{"email": "other@x.example"}\'')).toContain(
      "PERSONAL",
    );
  });

  test("can be checked without the hub's own function: each entry is the SHA-256 of the one before and of its text", async () => {
    const { rows } = await fair.api.query("SELECT previous, hash FROM market.audit ORDER BY id");
    const texts = await fair.hub.query("SELECT market.audit_text(a) AS text FROM market.audit a ORDER BY id");
    let before: Buffer = sha256("madang.market.audit");
    for (const [index, { previous, hash }] of rows.entries()) {
      expect(Buffer.compare(previous, before)).toBe(0);
      before = createHash("sha256").update(previous).update(texts.rows[index]?.text).digest();
      expect(Buffer.compare(hash, before)).toBe(0);
    }
    expect(rows.length).toBeGreaterThan(5);
  });

  test("loses what is personal at once and stays whole: name, address, messages, invitations", async () => {
    const member = await fair.join("erasable", "DEVELOPER");
    const mail = `erasable@${fair.scene.slug}.example`;
    const { id } = await fair.request({ actor: member });
    await fair.api.query("SELECT market.write_message($1, $2, 'Call me at home.')", [member, id]);
    const anywhere = () =>
      value<number>(
        fair.hub,
        `SELECT count(*)::int FROM (
           SELECT to_jsonb(p)::text FROM market.person p UNION ALL SELECT to_jsonb(i)::text FROM market.invitation i
           UNION ALL SELECT to_jsonb(m)::text FROM market.message m UNION ALL SELECT to_jsonb(a)::text FROM market.audit a
           UNION ALL SELECT to_jsonb(b)::text FROM market.audit_personal b UNION ALL SELECT to_jsonb(l)::text FROM market.licence l
           UNION ALL SELECT to_jsonb(e)::text FROM market.licence_event e UNION ALL SELECT body FROM market.leaf_secret
         ) AS all_rows (text) WHERE text LIKE '%' || $1 || '%' OR text LIKE '%Call me at home.%'`,
        [mail],
      );
    expect(await anywhere()).toBe(4);
    await fair.api.query("SELECT market.erase_person($1)", [member]);
    expect(await anywhere()).toBe(0);
    expect(await faults()).toEqual([]);
    expect((await fair.licence(id)).state).toBe("REQUESTED");
    expect(await codeOf(fair.act(id, "WITHDRAW", member))).toBe("MD044");
    // The same account is a new person when it comes again; what was stays apart.
    expect(
      await value(
        fair.hub,
        "SELECT erased_at IS NOT NULL AND email IS NULL AND display_name IS NULL FROM market.person WHERE id = $1",
        [member],
      ),
    ).toBe(true);
    expect(
      await codeOf(fair.hub.query("UPDATE market.person SET email = 'back@x.example' WHERE id = $1", [member])),
    ).toBe("23514");
  });

  test("puts a commitment into the log for each decision, which only its secret opens", async () => {
    const { id } = await fair.request();
    await fair.accept(id);
    await fair.act(id, "SUSPEND", fair.steward);
    await fair.act(id, "RESUME", fair.steward);
    await fair.act(id, "SURRENDER", fair.applicant);
    const refused = await fair.request();
    await fair.act(refused.id, "REFUSE", fair.steward);
    const { rows } = await fair.hub.query<{
      kind: string;
      body: { sha256: string };
      salt: Buffer;
      secret: string;
      seq: number;
    }>(
      `SELECT l.kind, l.body, s.salt, s.body AS secret, s.seq FROM open.log_leaf l JOIN market.leaf_secret s ON s.leaf_index = l.index
        WHERE s.licence = ANY ($1) ORDER BY s.licence = $2, s.seq`,
      [[id, refused.id], refused.id],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["GRANT", "SUSPENSION", "RESUMPTION", "SURRENDER", "REFUSAL"]);
    for (const { body, salt, secret } of rows) {
      expect(body).toEqual({ sha256: createHash("sha256").update(salt).update(secret).digest("hex") });
      expect(secret).not.toContain(fair.applicant);
    }
    expect(new Set(rows.map(({ salt }) => salt.toString("hex"))).size).toBe(rows.length);
  });

  test("tells the log once how much was asked on a day that is over, without naming anybody", async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect(await value(fair.background, "SELECT market.count_days($1)", [tomorrow])).toBe(1);
    expect(await value(fair.background, "SELECT market.count_days($1)", [tomorrow])).toBe(0);
    const body = await value<object>(fair.hub, "SELECT body FROM open.log_leaf WHERE kind = 'REQUESTS'");
    expect(Object.keys(body).sort()).toEqual(["day", "granted", "lapsed", "refused", "requests"]);
  });

  test("goes when its time is over, and not a day before: three years and a month from a licence's end", async () => {
    const { id } = await fair.request();
    await fair.act(id, "WITHDRAW", fair.applicant);
    const age = async (days: number) => {
      await fair.hub.query("ALTER TABLE market.licence DISABLE TRIGGER keep_licence");
      await fair.hub.query("ALTER TABLE market.licence_event DISABLE TRIGGER keep_event");
      await fair.hub.query(
        "UPDATE market.licence SET ended_at = now() - hub.records_kept() - make_interval(days => $2) WHERE id = $1",
        [id, days],
      );
      await fair.hub.query(
        "UPDATE market.licence_event SET at = now() - hub.records_kept() - make_interval(days => $2) WHERE licence = $1",
        [id, days],
      );
      await fair.hub.query("ALTER TABLE market.licence ENABLE TRIGGER keep_licence");
      await fair.hub.query("ALTER TABLE market.licence_event ENABLE ALWAYS TRIGGER keep_event");
    };
    const stands = () => value<number>(fair.hub, "SELECT count(*)::int FROM market.licence WHERE id = $1", [id]);
    await age(-1);
    await fair.background.query("SELECT market.remove_expired()");
    expect(await stands()).toBe(1);
    await age(1);
    await fair.background.query("SELECT market.remove_expired()");
    expect(await stands()).toBe(0);
    expect(await value(fair.hub, "SELECT count(*)::int FROM market.licence_event WHERE licence = $1", [id])).toBe(0);
    expect(await faults()).toEqual([]);
  });
});
