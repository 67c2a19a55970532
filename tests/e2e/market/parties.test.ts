import { randomBytes, randomUUID } from "node:crypto";
import { value } from "../../support/databases.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { codeOf, type Fair, openFair } from "./fair.ts";

const OVER = "MD041";
const NOT_ALLOWED = "MD042";
const VALUE = "MD043";
const NOTHING = "MD044";

onStage("The parties of the market", (stage) => {
  let fair: Fair;
  beforeAll(async () => {
    fair = await openFair(stage());
  });
  afterAll(() => fair.close());

  const roleOf = async (person: string, organization = fair.firm) =>
    (
      await fair.api.query(
        "SELECT role FROM market.member WHERE person = $1 AND organization = $2 AND left_at IS NULL",
        [person, organization],
      )
    ).rows[0]?.role ?? null;
  const call = (sql: string, ...values: unknown[]) => codeOf(fair.api.query(`SELECT market.${sql}`, values));
  const invite = (email: string, role: string, by = fair.applicant, hours = 24) =>
    fair.one<{ id: string }>("SELECT market.invite($1, $2, $3, $4, $5, now() + make_interval(hours => $6)) AS id", [
      ...[by, fair.firm, email, role, randomBytes(32), hours],
    ]);

  test("an organisation has one owner, whatever is written", async () => {
    const member = await fair.join("one", "DEVELOPER");
    const owners = "UPDATE market.member SET role = 'OWNER' WHERE person = $1";
    expect(await codeOf(fair.hub.query(owners, [member]))).toBe("23505");
    expect(
      await codeOf(fair.hub.query("UPDATE market.member SET role = 'VIEWER' WHERE person = $1", [fair.applicant])),
    ).toBe(NOT_ALLOWED);
    expect(
      await codeOf(
        fair.hub.query("UPDATE market.member SET left_at = now() + interval '1 hour' WHERE person = $1", [
          fair.applicant,
        ]),
      ),
    ).toBe(NOT_ALLOWED);
    expect(await call("remove_member($1, $2, $1)", fair.applicant, fair.firm)).toBe(NOT_ALLOWED);
    expect(await call("change_role($1, $2, $3, 'OWNER')", fair.applicant, fair.firm, member)).toBe(VALUE);
    expect(await call("transfer_ownership($1, $2, $3)", member, fair.firm, member)).toBe(NOT_ALLOWED);
    expect(await call("transfer_ownership($1, $2, $3)", fair.applicant, fair.firm, fair.steward)).toBe(VALUE);
    expect(await call("transfer_ownership($1, $2, $3)", fair.applicant, fair.firm, member)).toBe("OK");
    expect([await roleOf(member), await roleOf(fair.applicant)]).toEqual(["OWNER", "MANAGER"]);
    expect(await call("transfer_ownership($1, $2, $3)", member, fair.firm, fair.applicant)).toBe("OK");
  });

  test("an invitation is for the address that it names, once, in its time, with its role", async () => {
    const [guest, other] = [await fair.person("guest"), await fair.person("other")];
    const { id } = await invite(`GUEST@${fair.scene.slug}.example`, "VIEWER");
    expect(await call("accept_invitation($1, $2)", other, id)).toBe(NOTHING);
    expect(await call("accept_invitation($1, $2)", guest, id)).toBe("OK");
    expect(await roleOf(guest)).toBe("VIEWER");
    expect(await call("accept_invitation($1, $2)", guest, id)).toBe(OVER);
    const withdrawn = await invite(`other@${fair.scene.slug}.example`, "DEVELOPER");
    expect(await call("withdraw_invitation($1, $2)", guest, withdrawn.id)).toBe(NOT_ALLOWED);
    expect(await call("withdraw_invitation($1, $2)", fair.applicant, withdrawn.id)).toBe("OK");
    expect(await call("accept_invitation($1, $2)", other, withdrawn.id)).toBe(OVER);
    const late = await invite(`other@${fair.scene.slug}.example`, "DEVELOPER");
    await fair.hub.query(
      "UPDATE market.invitation SET created_at = now() - interval '9 days', expires_at = now() - interval '1 second' WHERE id = $1",
      [late.id],
    );
    expect(await call("accept_invitation($1, $2)", other, late.id)).toBe(OVER);
    expect(await codeOf(invite("x@y.example", "OWNER"))).toBe(VALUE);
    expect(await codeOf(invite("nobody", "VIEWER"))).toBe(VALUE);
    expect(await codeOf(invite("x@y.example", "VIEWER", fair.applicant, 24 * 60))).toBe(VALUE);
    // Accepting an invitation again does not raise the role that somebody has.
    const manager = await invite(`guest@${fair.scene.slug}.example`, "MANAGER");
    await call("accept_invitation($1, $2)", guest, manager.id);
    expect(await roleOf(guest)).toBe("VIEWER");
  });

  test("nobody gives more than they have, nor takes from who stands above them; strangers find nothing", async () => {
    const manager = await fair.join("manager", "MANAGER");
    const peer = await fair.join("peer", "MANAGER");
    const developer = await fair.join("developer", "DEVELOPER");
    const stranger = await fair.person("stranger");
    expect(await codeOf(invite("x@y.example", "MANAGER", manager))).toBe(NOT_ALLOWED);
    expect(await codeOf(invite("x@y.example", "DEVELOPER", manager))).toBe("OK");
    expect(await codeOf(invite("x@y.example", "VIEWER", developer))).toBe(NOT_ALLOWED);
    expect(await codeOf(invite("x@y.example", "VIEWER", stranger))).toBe(NOTHING);
    expect(await call("change_role($1, $2, $3, 'MANAGER')", manager, fair.firm, developer)).toBe(NOT_ALLOWED);
    expect(await call("change_role($1, $2, $3, 'VIEWER')", manager, fair.firm, peer)).toBe(NOT_ALLOWED);
    expect(await call("change_role($1, $2, $1, 'MANAGER')", developer, fair.firm)).toBe(NOT_ALLOWED);
    expect(await call("remove_member($1, $2, $3)", manager, fair.firm, peer)).toBe(NOT_ALLOWED);
    expect(await call("remove_member($1, $2, $3)", developer, fair.firm, manager)).toBe(NOT_ALLOWED);
    expect(await call("remove_member($1, $2, $3)", stranger, fair.firm, developer)).toBe(NOTHING);
    expect(await call('update_organization($1, $2, \'{"nameEn": "Mine"}\')', stranger, fair.firm)).toBe(NOTHING);
    expect(await call("close_organization($1, $2, NULL)", manager, fair.firm)).toBe(NOT_ALLOWED);
    expect(await call("remove_member($1, $2, $3)", manager, fair.firm, developer)).toBe("OK");
    expect(await call("remove_member($1, $2, $1)", peer, fair.firm)).toBe("OK");
    expect([await roleOf(developer), await roleOf(peer)]).toEqual([null, null]);
  });

  test("takes no field that is not asked for", async () => {
    const made = (more: object) =>
      call("create_organization($1, $2)", fair.steward, {
        slug: `s-${randomUUID().slice(0, 8)}`,
        nameKo: "가",
        nameEn: "A",
        ...more,
      });
    for (const more of [
      { attestedAt: "2020-01-01" },
      { attested_at: "2020-01-01" },
      { id: fair.firm },
      { createdBy: fair.applicant },
      { closed_at: null },
    ]) {
      expect(await made(more)).toBe(VALUE);
    }
    for (const more of [
      { url: "javascript:alert(1)" },
      { url: "http://x.example" },
      { stage: "UNICORN" },
      { slug: "A B" },
      { nameEn: "" },
      { registrationNumber: "<b>" },
    ]) {
      expect([more, await made(more)]).toEqual([more, VALUE]);
    }
    expect(await made({ url: "https://x.example/", stage: "GROWTH", registrationNumber: "123-45-67890" })).toBe("OK");
  });

  test("a business is attested once, by somebody else; another number asks for it anew", async () => {
    expect(await call("attest_organization($1, $2)", fair.applicant, fair.firm)).toBe(NOT_ALLOWED);
    expect(await call("attest_organization($1, $2)", fair.steward, fair.firm)).toBe("OK");
    expect(await call("attest_organization($1, $2)", fair.second, fair.firm)).toBe("MD040");
    await call('update_organization($1, $2, \'{"stage": "GROWTH"}\')', fair.applicant, fair.firm);
    const attested = () =>
      value<Date | null>(fair.hub, "SELECT attested_at FROM hub.organization WHERE id = $1", [fair.firm]);
    expect(await attested()).not.toBeNull();
    await call('update_organization($1, $2, \'{"registrationNumber": "99-999"}\')', fair.applicant, fair.firm);
    expect(await attested()).toBeNull();
  });

  test("keys belong to an active licence of the organisation, or to the sandbox; only their organisation turns them", async () => {
    const licence = await fair.request();
    expect(await codeOf(fair.createKey(licence.id))).toBe(OVER);
    await fair.accept(licence.id);
    const onlooker = await fair.join("onlooker", "VIEWER");
    const stranger = await fair.person("thief");
    const theirs = await fair.organization(stranger);
    expect(await codeOf(fair.createKey(licence.id, onlooker))).toBe(NOT_ALLOWED);
    expect(await codeOf(fair.createKey(licence.id, stranger, theirs))).toBe(NOTHING);
    expect(await codeOf(fair.createKey(null, stranger))).toBe(NOTHING);
    const key = await fair.createKey(licence.id);
    expect(key).toMatchObject({ environment: "live", licence: licence.id });
    expect(await fair.createKey(null)).toMatchObject({ environment: "test", licence: null });
    const forged =
      "INSERT INTO market.api_key (lookup, hash, environment, organization, name, scopes, created_by) VALUES ('abcdefgh', $2, 'live', $1, 'x', '{a}', $3)";
    expect(await codeOf(fair.hub.query(forged, [fair.firm, randomBytes(32), fair.applicant]))).toBe("23514");

    expect(await call("rotate_key($1, $2, 'zzzzzzz1', $3, interval '1 hour')", stranger, key.id, randomBytes(32))).toBe(
      NOTHING,
    );
    expect(await call("revoke_key($1, $2)", stranger, key.id)).toBe(NOTHING);
    for (const overlap of ["-1 hour", "8 days"]) {
      expect(
        await call("rotate_key($1, $2, 'zzzzzzz1', $3, $4)", fair.applicant, key.id, randomBytes(32), overlap),
      ).toBe(VALUE);
    }
    expect(await call("rotate_key($1, $2, 'zzzzzzz1', $3, '1 hour')", fair.applicant, key.id, randomBytes(32))).toBe(
      "OK",
    );
    expect(await call("rotate_key($1, $2, 'zzzzzzz2', $3, '1 hour')", fair.applicant, key.id, randomBytes(32))).toBe(
      OVER,
    );
    const found = (lookup: string) =>
      fair.one<{ expires_at: Date | null; revoked_at: Date | null; licence: string }>(
        "SELECT * FROM market.find_key($1)",
        [lookup],
      );
    const old = await found(key.lookup);
    expect((old.expires_at?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(await found("zzzzzzz1")).toMatchObject({ licence: licence.id, expires_at: null, revoked_at: null });
    const next = await fair.one<{ id: string }>("SELECT id FROM market.find_key('zzzzzzz1')");
    expect(await call("revoke_key($1, $2, 'leaked', true)", fair.steward, next.id)).toBe("OK");
    expect((await found("zzzzzzz1")).revoked_at).not.toBeNull();
  });

  test("whatever gives or takes access raises its version in the same transaction, and nothing else does", async () => {
    const raised = async (work: () => Promise<unknown>) => {
      const before = await fair.version();
      await work();
      return (await fair.version()) - before;
    };
    const { id } = await fair.request();
    expect(await raised(() => fair.act(id, "ASK", fair.steward))).toBe(0);
    await fair.act(id, "ANSWER", fair.applicant);
    expect(await raised(() => fair.act(id, "APPROVE", fair.steward))).toBe(0);
    expect(await raised(() => fair.act(id, "ACTIVATE", fair.applicant))).toBeGreaterThan(0);
    expect(await raised(() => fair.act(id, "SUSPEND", fair.steward))).toBeGreaterThan(0);
    expect(await raised(() => fair.act(id, "RESUME", fair.steward))).toBeGreaterThan(0);
    const key = await fair.createKey(id);
    expect(await raised(() => fair.createKey(id))).toBeGreaterThan(0);
    expect(
      await raised(() => call("rotate_key($1, $2, 'yyyyyyy1', $3, '1 hour')", fair.applicant, key.id, randomBytes(32))),
    ).toBeGreaterThan(0);
    expect(await raised(() => call("revoke_key($1, $2)", fair.applicant, key.id))).toBeGreaterThan(0);
    const member = await fair.join("passer", "DEVELOPER");
    expect(
      await raised(() => call("change_role($1, $2, $3, 'VIEWER')", fair.applicant, fair.firm, member)),
    ).toBeGreaterThan(0);
    expect(await raised(() => call("remove_member($1, $2, $3)", fair.applicant, fair.firm, member))).toBeGreaterThan(0);
    expect(await raised(() => call("erase_person($1)", member))).toBeGreaterThan(0);
    expect(
      await raised(() =>
        fair.hub.query("UPDATE hub.dataset SET is_synthetic = NOT is_synthetic WHERE id = $1", [fair.dataset]),
      ),
    ).toBeGreaterThan(0);
    expect(
      await raised(() =>
        fair.hub.query("UPDATE hub.dataset_view SET finest_step = 'PT15M' WHERE dataset_id = $1", [fair.dataset]),
      ),
    ).toBeGreaterThan(0);
    expect(
      await raised(() => fair.hub.query("UPDATE hub.dataset SET title_en = 'Other' WHERE id = $1", [fair.dataset])),
    ).toBe(0);
    expect(await raised(() => call("write_message($1, $2, 'hello')", fair.applicant, id))).toBe(0);
    expect(await raised(() => fair.act(id, "REVOKE", fair.steward))).toBeGreaterThan(0);
  });

  test("an organisation that closes takes its requests, licences, keys, invitations and members with it; the record stays", async () => {
    const owner = await fair.person("founder");
    const firm = await fair.organization(owner);
    const open = await fair.request({ actor: owner, organization: firm });
    const active = await fair.request({ actor: owner, organization: firm });
    await fair.act(active.id, "APPROVE", fair.steward);
    await fair.act(active.id, "ACTIVATE", owner);
    const key = await fair.createKey(active.id, owner, firm);
    expect(await call("erase_person($1)", owner)).toBe(NOT_ALLOWED);
    expect(await call("close_organization($1, $2, 'we are done')", owner, firm)).toBe("OK");
    expect((await fair.licence(open.id)).state).toBe("WITHDRAWN");
    expect((await fair.licence(active.id)).state).toBe("WITHDRAWN");
    expect(
      (await fair.one<{ revoked_at: Date | null }>("SELECT revoked_at FROM market.find_key($1)", [key.lookup]))
        .revoked_at,
    ).not.toBeNull();
    expect(await value(fair.hub, "SELECT count(*)::int FROM market.entitlement WHERE organization = $1", [firm])).toBe(
      0,
    );
    expect(await codeOf(fair.request({ actor: owner, organization: firm }))).toBe(NOTHING);
    expect(await call("erase_person($1)", owner)).toBe("OK");
    expect(
      await value(fair.hub, "SELECT count(*)::int FROM market.licence_event WHERE licence = $1", [active.id]),
    ).toBe(4);
    // Who provides data cannot walk away from it.
    const provider = await value<string>(fair.hub, "SELECT organization_id FROM hub.dataset WHERE id = $1", [
      fair.dataset,
    ]);
    await fair.hub.query("INSERT INTO market.member (organization, person, role) VALUES ($1, $2, 'OWNER')", [
      provider,
      fair.second,
    ]);
    expect(await call("close_organization($1, $2, NULL)", fair.second, provider)).toBe(NOT_ALLOWED);
  });
});
