import { addDays, dayBounds } from "../../../core/time.ts";
import { value } from "../../support/databases.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { codeOf, type Fair, openFair } from "./fair.ts";

const DAY = 86_400_000;
const FASTER = "MD040";
const NO_STEP = "MD041";
const NOT_ALLOWED = "MD042";
const VALUE = "MD043";

onStage("Decisions", (stage) => {
  let fair: Fair;
  let free: Fair;
  let risky: Fair;
  beforeAll(async () => {
    fair = await openFair(stage());
    free = await openFair(stage(), { priceModel: "FREE" });
    risky = await openFair(stage(), { highRisk: true });
  });
  afterAll(() => Promise.all([fair, free, risky].map((one) => one.close())));

  const counted = async (results: Promise<unknown>[]) => {
    const codes = await Promise.all(results.map(codeOf));
    return Object.fromEntries(
      [...new Set(codes)].sort().map((code) => [code, codes.filter((one) => one === code).length]),
    );
  };

  test("of two approvals that race, and of ten, one counts; the others hear that someone was faster", async () => {
    for (const many of [2, 10]) {
      const { id, seq } = await fair.request();
      const race = Array.from({ length: many }, (_, index) =>
        fair.act(id, "APPROVE", index % 2 === 0 ? fair.steward : fair.second, { seq }),
      );
      expect(await counted(race)).toEqual({ [FASTER]: many - 1, OK: 1 });
      expect(await fair.licence(id)).toMatchObject({ state: "APPROVED", seq: 2 });
      const events = await value(fair.hub, "SELECT count(*)::int FROM market.licence_event WHERE licence = $1", [id]);
      expect(events).toBe(2);
    }
  });

  test("an approval and a refusal that race give one decision", async () => {
    const { id, seq } = await fair.request();
    const race = [fair.act(id, "APPROVE", fair.steward, { seq }), fair.act(id, "REFUSE", fair.second, { seq })];
    expect(await counted(race)).toEqual({ [FASTER]: 1, OK: 1 });
  });

  test("a decision that is sent again counts once, and never for what changed meanwhile", async () => {
    const { id, seq } = await fair.request();
    await fair.act(id, "ASK", fair.steward, { seq });
    await fair.act(id, "ANSWER", fair.applicant);
    // The request is REQUESTED again, but not the one that the decision was about.
    expect(await codeOf(fair.act(id, "APPROVE", fair.steward, { seq }))).toBe(FASTER);
    const now = await fair.licence(id);
    await fair.act(id, "APPROVE", fair.steward, { seq: now.seq });
    expect(await codeOf(fair.act(id, "APPROVE", fair.steward, { seq: now.seq }))).toBe(FASTER);
    expect(await codeOf(fair.act(id, "APPROVE", fair.steward, { seq: now.seq + 1 }))).toBe(NO_STEP);
    await fair.act(id, "ACTIVATE", fair.applicant);
    const active = await fair.licence(id);
    await fair.act(id, "SUSPEND", fair.steward, { seq: active.seq });
    await fair.act(id, "RESUME", fair.steward);
    expect(await codeOf(fair.act(id, "SUSPEND", fair.steward, { seq: active.seq }))).toBe(FASTER);
  });

  test("nobody decides for an organisation of their own, nor an outsider for the applicant", async () => {
    const colleague = await fair.join("colleague", "MANAGER");
    const onlooker = await fair.join("onlooker", "VIEWER");
    const { id } = await fair.request();
    for (const own of [fair.applicant, colleague]) expect(await codeOf(fair.act(id, "APPROVE", own))).toBe(NOT_ALLOWED);
    expect(await codeOf(fair.act(id, "WITHDRAW", onlooker))).toBe(NOT_ALLOWED);
    expect(await codeOf(fair.act(id, "WITHDRAW", fair.steward))).toBe(NOT_ALLOWED);
    // Who asked and left the organisation acts no more for it, and is still not somebody else.
    const leaver = await fair.join("leaver", "DEVELOPER");
    const left = await fair.request({ actor: leaver });
    await fair.api.query("SELECT market.remove_member($1, $2, $1)", [leaver, fair.firm]);
    for (const action of ["APPROVE", "WITHDRAW"])
      expect(await codeOf(fair.act(left.id, action, leaver))).toBe(NOT_ALLOWED);
    expect((await fair.act(left.id, "WITHDRAW", colleague)).state).toBe("WITHDRAWN");
    expect((await fair.act(id, "APPROVE", fair.steward)).state).toBe("APPROVED");
  });

  test("price and conditions are accepted, and licences given back, by the owner and managers alone", async () => {
    const [manager, developer] = [await fair.join("buyer", "MANAGER"), await fair.join("coder", "DEVELOPER")];
    const { id } = await fair.request({ actor: developer });
    await fair.act(id, "APPROVE", fair.steward);
    expect(await codeOf(fair.act(id, "ACTIVATE", developer))).toBe(NOT_ALLOWED);
    expect((await fair.act(id, "ACTIVATE", manager)).state).toBe("ACTIVE");
    expect(await codeOf(fair.act(id, "SURRENDER", developer))).toBe(NOT_ALLOWED);
    expect((await fair.act(id, "SURRENDER", fair.applicant)).state).toBe("WITHDRAWN");
  });

  test("what is of high risk needs two different people who approve the same", async () => {
    const { id } = await risky.request();
    expect(await risky.act(id, "APPROVE", risky.steward, { detail: { quota: 400, step: "PT1H" } })).toMatchObject({
      state: "REQUESTED",
      first_approver: risky.steward,
    });
    expect(await codeOf(risky.act(id, "APPROVE", risky.steward))).toBe(NOT_ALLOWED);
    expect(await codeOf(risky.act(id, "APPROVE", risky.second, { detail: { quota: 900 } }))).toBe(VALUE);
    expect(await risky.act(id, "APPROVE", risky.second)).toMatchObject({
      state: "APPROVED",
      quota: 400,
      step: "PT1H",
      decided_by: risky.second,
    });
    // A question in between opens what the first had approved.
    const again = await risky.request();
    await risky.act(again.id, "APPROVE", risky.steward);
    await risky.act(again.id, "ASK", risky.second);
    await risky.act(again.id, "ANSWER", risky.applicant);
    expect(await risky.act(again.id, "APPROVE", risky.second)).toMatchObject({
      state: "REQUESTED",
      first_approver: risky.second,
    });
    // By hand it is no different: the constraint has the same rule.
    const write = risky.hub.query(
      `WITH e AS (INSERT INTO market.licence_event (licence, seq, action, from_state, to_state, at, detail)
                  VALUES ($1, $2, 'APPROVE', 'REQUESTED', 'APPROVED', now(), '{}'))
       UPDATE market.licence SET state = 'APPROVED', seq = $2, decided_at = now(), decided_by = first_approver WHERE id = $1`,
      [again.id, (await risky.licence(again.id)).seq + 1],
    );
    expect(await codeOf(write)).toBe("23514");
  });

  test("two first approvals that race are one, and the loser is not taken for the second", async () => {
    const { id, seq } = await risky.request();
    const race = [risky.act(id, "APPROVE", risky.steward, { seq }), risky.act(id, "APPROVE", risky.second, { seq })];
    expect(await counted(race)).toEqual({ [FASTER]: 1, OK: 1 });
    expect((await risky.licence(id)).state).toBe("REQUESTED");
  });

  test("a grant is at most what was asked for, and what is left out is as asked", async () => {
    const asked = await fair.request({ area: ["north"], step: "PT1H", quota: "500" });
    const grant = (detail: object) => codeOf(fair.act(asked.id, "APPROVE", fair.steward, { detail }));
    expect(await grant({ area: ["north", "south"] })).toBe(VALUE);
    expect(await grant({ area: null })).toBe(VALUE);
    expect(await grant({ step: "PT15M" })).toBe(VALUE);
    expect(await grant({ step: null })).toBe(VALUE);
    expect(await grant({ quota: 501 })).toBe(VALUE);
    expect(await grant({ from: addDays(fair.today, -31) })).toBe(VALUE);
    expect(await grant({ to: addDays(fair.today, 91) })).toBe(VALUE);
    expect(await grant({ to: addDays(fair.today, -1) })).toBe(VALUE);
    expect(await grant({ price_minor: 0 })).toBe(VALUE);
    expect(await grant({ organization: fair.firm })).toBe(VALUE);
    expect(await fair.act(asked.id, "APPROVE", fair.steward, { detail: { quota: 100 } })).toMatchObject({
      area: ["north"],
      step: "PT1H",
      quota: 100,
    });
  });

  test("quotas are whole, positive and bounded, whatever they are written as", async () => {
    for (const quota of [
      0,
      -1,
      1.5,
      "1.5",
      "-5",
      "1e3",
      1e21,
      "1000000000001",
      "9".repeat(40),
      "NaN",
      " 5",
      null,
      true,
    ]) {
      expect([quota, await codeOf(fair.request({ quota }))]).toEqual([quota, VALUE]);
    }
    for (const quota of [1, "7", 1_000_000_000_000]) {
      const { id } = await fair.request({ quota });
      await fair.act(id, "WITHDRAW", fair.applicant);
    }
    // Past the functions the constraints say the same.
    const { id, seq } = await fair.request();
    for (const quota of ["-1", "0", "1000000000001"]) {
      const sql = `UPDATE market.licence SET quota = ${quota}, seq = seq + 1 WHERE id = $1`;
      expect(await codeOf(fair.hub.query(sql, [id]))).toBe("23514");
    }
    expect(
      await codeOf(
        fair.hub.query("UPDATE market.licence SET quota = 9223372036854775808, seq = seq + 1 WHERE id = $1", [id]),
      ),
    ).toBe("22003");
    expect((await fair.licence(id)).seq).toBe(seq);
    await fair.act(id, "WITHDRAW", fair.applicant);
  });

  test("prices of offers are whole, never negative, bounded and of their model; what stands is not changed", async () => {
    const offer = (model: string, price: string, unit: string, cap = "NULL", freeUnits = "0") =>
      codeOf(
        fair.hub.query(
          `INSERT INTO hub.offer (dataset_id, tier, version, name_ko, name_en, text_ko, text_en, terms, price, currency, purposes,
             price_model, unit_price_micro, monthly_cap, free_quota)
           SELECT $1, 'LICENSED', 1 + max(version), 'x', 'x', 'x', 'x', '{}', ${price}, 'KRW', '{RESEARCH}', $2, ${unit}, ${cap}, ${freeUnits}
             FROM hub.offer WHERE dataset_id = $1`,
          [free.dataset, model],
        ),
      );
    expect(await offer("FLAT", "-5", "0")).toBe("23514");
    expect(await offer("FLAT", "1000000001", "0")).toBe("23514");
    expect(await offer("FLAT", "2147483648", "0")).toBe("22003");
    expect(await offer("METERED", "0", "-1")).toBe("23514");
    expect(await offer("METERED", "0", "9223372036854775808")).toBe("22003");
    expect(await offer("METERED", "0", "5", "-1")).toBe("23514");
    expect(await offer("METERED", "0", "5", "NULL", "-1")).toBe("23514");
    expect(await offer("FREE", "5", "0")).toBe("23514");
    expect(await offer("GIFT", "0", "0")).toBe("23514");
    expect(await codeOf(fair.hub.query("UPDATE hub.offer SET price = 0 WHERE id = $1", [fair.offer]))).toBe(
      NOT_ALLOWED,
    );
    expect(await offer("FLAT", "5000", "0")).toBe("OK");
    // A request is of the newest version alone.
    expect(await codeOf(free.request())).toBe(VALUE);
    await fair.hub.query("DELETE FROM hub.offer WHERE dataset_id = $1 AND version > 1", [free.dataset]);
  });

  test("a request says only what is asked, within what there is", async () => {
    const wrong: object[] = [
      { state: "ACTIVE" },
      { price_minor: 0 },
      { first_approver: fair.applicant },
      { purpose: "COMMERCIAL_SERVICE" },
      { purposeText: "short" },
      { area: [] },
      { area: ["nowhere"] },
      { area: "north" },
      { from: "2026-02-30" },
      { from: "yesterday" },
      { from: addDays(fair.today, 5), to: addDays(fair.today, 4) },
      { to: addDays(fair.today, -1) },
      { from: addDays(fair.today, -1800), to: addDays(fair.today, 90) },
      { step: "PT1S" },
      { renews: fair.offer.replace(/./, "0") },
    ];
    for (const more of wrong)
      expect([more, await codeOf(fair.request(more))]).toEqual([more, "renews" in more ? "MD044" : VALUE]);
    const stranger = await fair.person("stranger");
    expect(await codeOf(fair.request({ actor: stranger }))).toBe("MD044");
    const onlooker = await fair.join("reader", "VIEWER");
    expect(await codeOf(fair.request({ actor: onlooker }))).toBe(NOT_ALLOWED);
  });

  test("a refusal has a reason and can be appealed once, before somebody else", async () => {
    const { id } = await fair.request();
    expect(await codeOf(fair.act(id, "REFUSE", fair.steward, { reason: null }))).toBe(VALUE);
    expect(await codeOf(fair.act(id, "REFUSE", fair.steward, { reason: "no" }))).toBe(VALUE);
    await fair.act(id, "REFUSE", fair.steward);
    expect(await codeOf(fair.act(id, "APPEAL", fair.applicant, { detail: {} }))).toBe(VALUE);
    await fair.act(id, "APPEAL", fair.applicant);
    expect(await codeOf(fair.act(id, "APPROVE", fair.steward))).toBe(NOT_ALLOWED);
    await fair.act(id, "REFUSE", fair.second);
    expect(await codeOf(fair.act(id, "APPEAL", fair.applicant))).toBe(NO_STEP);
  });

  test("what is free begins with the approval, on its first day; conditions and prices wait for a yes", async () => {
    const now = await free.request();
    expect(await free.act(now.id, "APPROVE", free.steward)).toMatchObject({ state: "ACTIVE", seq: 3 });
    const bound = await free.request();
    expect(await free.act(bound.id, "APPROVE", free.steward, { detail: { conditions: "Name us." } })).toMatchObject({
      state: "APPROVED",
    });
    const later = await free.request({ from: addDays(free.today, 3) });
    await free.act(later.id, "APPROVE", free.steward);
    expect((await free.licence(later.id)).state).toBe("APPROVED");
    const begins = dayBounds(addDays(free.today, 3), "Asia/Seoul").from;
    await free.runClock(new Date(begins - 1000));
    expect((await free.licence(later.id)).state).toBe("APPROVED");
    await free.runClock(new Date(begins));
    expect((await free.licence(later.id)).state).toBe("ACTIVE");
    expect((await free.licence(bound.id)).state).toBe("APPROVED");
  });

  test("a request lapses after 45 days without a step, however often it was answered before, and so does an unaccepted grant", async () => {
    const idle = await fair.request();
    const asked = await fair.request();
    const granted = await fair.request();
    await fair.act(asked.id, "ASK", fair.steward);
    await fair.act(granted.id, "APPROVE", fair.steward);
    const since = await value<Date>(fair.hub, "SELECT changed_at FROM market.licence WHERE id = $1", [idle.id]);
    await fair.runClock(new Date(since.getTime() + 45 * DAY - 1000));
    expect((await fair.licence(idle.id)).state).toBe("REQUESTED");
    await fair.runClock(new Date(since.getTime() + 45 * DAY + 60_000));
    for (const { id } of [idle, asked, granted]) expect((await fair.licence(id)).state).toBe("LAPSED");
    const { actor } = await fair.one<{ actor: string | null }>(
      "SELECT actor FROM market.licence_event WHERE licence = $1 AND action = 'LAPSE'",
      [idle.id],
    );
    expect(actor).toBeNull();
  });

  test("a licence ends with its last day in the city, to the second; suspended ones too", async () => {
    const last = addDays(fair.today, 1);
    const active = await fair.request({ to: last });
    const suspended = await fair.request({ to: last });
    await fair.accept(active.id);
    await fair.accept(suspended.id);
    await fair.act(suspended.id, "SUSPEND", fair.steward);
    const ends = dayBounds(last, "Asia/Seoul").to;
    await fair.runClock(new Date(ends - 1000));
    expect((await fair.licence(active.id)).state).toBe("ACTIVE");
    const before = await fair.version();
    await fair.runClock(new Date(ends));
    for (const { id } of [active, suspended]) expect((await fair.licence(id)).state).toBe("EXPIRED");
    expect(await fair.version()).toBeGreaterThan(before);
  });

  test("a renewal takes the keys over when the old licence ends, once, and only of the same organisation and dataset", async () => {
    const old = await fair.request({ to: fair.today });
    await fair.accept(old.id);
    const key = await fair.createKey(old.id);
    const renewal = await fair.request({ renews: old.id });
    expect(await codeOf(fair.request({ renews: old.id }))).toBe(VALUE);
    expect(await codeOf(free.request({ renews: old.id }))).toBe("MD044");
    await fair.accept(renewal.id);
    const holder = () => fair.one<{ licence: string }>("SELECT licence FROM market.api_key WHERE id = $1", [key.id]);
    expect((await holder()).licence).toBe(old.id);
    await fair.runClock(new Date(dayBounds(fair.today, "Asia/Seoul").to));
    expect((await fair.licence(old.id)).state).toBe("EXPIRED");
    expect((await holder()).licence).toBe(renewal.id);
  });

  test("writers that act at once on the same and on other licences neither lock each other out nor lose a step", async () => {
    const many = await Promise.all(Array.from({ length: 8 }, () => fair.request()));
    const acts = many.flatMap(({ id, seq }) => [
      fair.act(id, "APPROVE", fair.steward, { seq }),
      fair.act(id, "ASK", fair.second, { seq }),
      fair.api.query("SELECT market.write_message($1, $2, 'hello')", [fair.applicant, id]),
    ]);
    const clock = Array.from({ length: 4 }, () => fair.runClock(new Date()));
    expect(await counted([...acts, ...clock])).toEqual({ [FASTER]: 8, OK: 20 });
    for (const { id } of many) expect((await fair.licence(id)).seq).toBe(2);
  });

  test("public figures count whole days alone, by dataset and together", async () => {
    const figures = () =>
      fair.api.query("SELECT requests::int, granted::int FROM market.figures WHERE dataset = $1", [fair.dataset]);
    expect((await figures()).rows).toEqual([]);
    // Yesterday's events: moved there by hand, on a stage of its own.
    await fair.hub.query("ALTER TABLE market.licence_event DISABLE TRIGGER keep_event");
    await fair.hub.query("UPDATE market.licence_event SET at = at - interval '1 day'");
    await fair.hub.query("ALTER TABLE market.licence_event ENABLE ALWAYS TRIGGER keep_event");
    const { rows } = await figures();
    expect(rows[0]?.requests).toBeGreaterThan(10);
    expect(rows[0]?.granted).toBeGreaterThan(5);
  });
});
