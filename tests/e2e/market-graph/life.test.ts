// A licence from the first question to its end, through the graph alone.
import { scenario } from "../../support/environment.ts";
import {
  ACT,
  act,
  ask,
  done,
  get,
  KEY,
  LICENCE,
  type Licence,
  organization,
  REQUEST,
  REVOKE_KEY,
  ROTATE,
  refused,
} from "./asking.ts";
import { type Account, type Door, openDoor } from "./door.ts";
import { asked, openShop, request, type Shop } from "./shop.ts";

type Usage = { month: string; quota: number; used: number; byDay: unknown[] };

for (const [where, split] of [
  ["in one process", false],
  ["split", true],
] as const) {
  scenario(`the life of a licence, the market ${where}`, (environment) => {
    let door: Door;
    let shop: Shop;
    let owner: Account;
    let steward: Account;
    let bakery: string;

    beforeAll(async () => {
      door = await openDoor(environment, split);
      shop = await openShop(door);
      owner = await door.account("owner", "developer");
      steward = await door.account("steward", "steward");
      bakery = await organization(door, owner);
    });
    afterAll(() => door?.close());

    test("begins with an offer that says what it costs and when it is decided", async () => {
      const { nodes } = await get<{ nodes: { id: string; isCurrent: boolean; priceModel: string }[] }>(
        door,
        null,
        "query ($dataset: String) { offers(first: 5, dataset: $dataset) { nodes { id isCurrent priceModel } } }",
        { dataset: shop.dataset },
      );
      expect(nodes).toEqual([{ id: shop.offer, isCurrent: true, priceModel: "METERED" }]);
      const estimate = await get<{ priceMinor: number; decisionBy: string; lines: { amountMinor: number }[] }>(
        door,
        null,
        `query ($offer: ID!) { estimate(offer: $offer, quota: 3000, from: "2027-01-01", to: "2027-03-31") {
           priceMinor decisionBy lines { amountMinor } } }`,
        { offer: shop.offer },
      );
      // (3 000 − 1 000 free) × 1.5 won, three months
      expect(estimate.priceMinor).toBe(9_000);
      expect(estimate.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(9_000);
      expect(Date.parse(estimate.decisionBy)).toBeGreaterThan(Date.now() + 13 * 86_400_000);
    });

    test("goes over question, answer, approval with conditions and acceptance to keys, and ends with a revocation", async () => {
      let licence = await asked(door, owner, shop, bakery, { area: ["north"], step: "PT1H" });
      expect(licence).toMatchObject({ state: "REQUESTED", seq: 1, granted: null, allowedActions: ["WITHDRAW"] });
      const inbox = await get<{ nodes: { id: string; organization: { members: { role: string }[] } }[] }>(
        door,
        steward,
        "{ licences(scope: INBOX, last: 100) { nodes { id organization { members { role } } } } }",
      );
      expect(inbox.nodes.find(({ id }) => id === licence.id)?.organization.members).toEqual([{ role: "OWNER" }]);

      licence = await act(door, steward, licence, "ASK", { message: "Which hours?" });
      expect(licence.state).toBe("INFO_NEEDED");
      licence = await act(door, owner, licence, "ANSWER", { message: "From six to ten." });
      const terms = { quota: 4_000, step: "PT1H", conditions: "Name the source." };
      licence = await act(door, steward, licence, "APPROVE", { terms });
      expect(licence).toMatchObject({
        state: "APPROVED",
        conditions: "Name the source.",
        granted: { quota: 4_000, step: "PT1H", area: ["north"] },
      });
      const { agreement } = await get<{ agreement: { permission: { constraint: unknown[] }[] } }>(
        door,
        owner,
        `{ licence(id: "${licence.id}") { agreement } }`,
      );
      expect(agreement).toMatchObject({ "@type": "Agreement", target: `urn:madang:dataset:${shop.dataset}` });
      expect(agreement.permission[0]?.constraint).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ leftOperand: "spatial", rightOperand: ["north"] }),
          expect.objectContaining({
            leftOperand: "count",
            rightOperand: expect.objectContaining({ "@value": "4000" }),
          }),
        ]),
      );
      expect(licence.messages).toEqual([
        { body: "Which hours?", fromSteward: true },
        { body: "From six to ten.", fromSteward: false },
      ]);
      licence = await act(door, owner, licence, "ACTIVATE");
      expect(licence.state).toBe("ACTIVE");

      const made = await done<{ secret: string; key: { id: string; start: string; scopes: string[] } }>(
        door,
        owner,
        KEY,
        { input: { licence: licence.id, name: "production" } },
      );
      expect(made.secret).toMatch(/^mdg_live_[0-9A-Za-z]{38}$/);
      expect(made.secret.startsWith(made.key.start.slice(0, -1))).toBe(true);
      const rotated = await done<{ secret: string }>(door, owner, ROTATE, { key: made.key.id, hours: 1 });
      expect(rotated.secret).not.toBe(made.secret);
      const kept = await ask(
        door,
        owner,
        `{ licence(id: "${licence.id}") { keys { id start name } usage { month quota used } } }`,
      );
      if (kept.data === null) throw new Error(kept.text);
      expect(kept.text).not.toContain(made.secret.slice(17));
      const { keys, usage } = kept.data["licence"] as { keys: unknown[]; usage: Usage };
      expect(keys).toHaveLength(2);
      expect(usage).toMatchObject({ quota: 4_000, used: 0 });
      const gone = await done<{ key: { revokedAt: string } }>(door, owner, REVOKE_KEY, { key: made.key.id });
      expect(gone.key.revokedAt).not.toBeNull();

      const preview = await get<{ stopsAccess: boolean; people: number; keys: unknown[] }>(
        door,
        steward,
        `{ previewAction(licence: "${licence.id}", action: REVOKE) { stopsAccess people keys { id } } }`,
      );
      expect(preview).toMatchObject({ stopsAccess: true, people: 1, keys: [expect.anything()] });
      const bare = { licence: licence.id, seq: licence.seq, action: "REVOKE" };
      expect(await refused(door, steward, ACT, { input: bare })).toMatchObject({
        code: "BAD_USER_INPUT",
        fields: [{ field: "reason", rule: { ko: "10자 이상" } }],
      });
      licence = await act(door, steward, licence, "REVOKE", { reason: "It was used outside its purpose." });
      expect(licence).toMatchObject({ state: "REVOKED", allowedActions: [] });
      expect(await refused(door, owner, KEY, { input: { licence: licence.id, name: "late" } })).toMatchObject({
        code: "TRANSITION_INVALID",
        message: { en: "Keys are of active licences." },
      });

      const seen = await get<Licence>(door, owner, `{ licence(id: "${licence.id}") { ${LICENCE} } }`);
      expect(seen.events.map(({ action }) => action)).toEqual([
        "REQUEST",
        "ASK",
        "ANSWER",
        "APPROVE",
        "ACTIVATE",
        "REVOKE",
      ]);
      const proofs = await get<{ proofs: { seq: number; action: string; salt: string; body: string }[] }>(
        door,
        owner,
        `{ licence(id: "${licence.id}") { proofs { seq action salt body } } }`,
      );
      expect(proofs.proofs.map(({ action }) => action)).toEqual(["APPROVE", "REVOKE"]);
      expect(JSON.parse(proofs.proofs[1]?.body ?? "{}")).toMatchObject({ number: licence.number, action: "REVOKE" });
    });

    test("a refusal can be appealed once, and somebody else decides the appeal", async () => {
      let licence = await asked(door, owner, shop, bakery);
      licence = await act(door, steward, licence, "REFUSE", { reason: "The purpose is not said." });
      expect(licence.state).toBe("REFUSED");
      licence = await act(door, owner, licence, "APPEAL", { message: "It is: see above." });
      const again = { licence: licence.id, seq: licence.seq, action: "APPROVE" };
      expect((await refused(door, steward, ACT, { input: again })).code).toBe("FORBIDDEN");
      const other = await door.account("steward2", "steward");
      licence = await act(door, other, licence, "REFUSE", { reason: "It still is not said." });
      expect(licence.allowedActions).toEqual([]);
      expect(
        await refused(door, owner, ACT, {
          input: { licence: licence.id, seq: licence.seq, action: "APPEAL", message: "Once more." },
        }),
      ).toMatchObject({ code: "TRANSITION_INVALID" });
    });

    test("is not asked for with what breaks a rule, and every fault is named in both languages", async () => {
      const input = request(shop, bakery, { purposeText: "short", quota: -1, area: ["<north>"] });
      const { code, fields } = await refused(door, owner, REQUEST, { input });
      expect(code).toBe("BAD_USER_INPUT");
      expect(fields.map(({ field }) => field)).toEqual(["purposeText", "area", "quota"]);
      for (const { rule, fix } of fields) {
        for (const text of [rule.ko, rule.en, fix.ko, fix.en]) expect(text).not.toBe("");
      }
      for (const [field, value] of [
        ["purpose", "RESALE"],
        ["area", ["elsewhere"]],
        ["to", "2020-01-01"],
        ["step", "P2D"],
      ]) {
        const told = await refused(door, owner, REQUEST, {
          input: request(shop, bakery, { [field as string]: value }),
        });
        expect(told.code).toBe("BAD_USER_INPUT");
        expect(told.fields[0]?.rule.ko).toMatch(/[가-힣]/);
      }
    });
  });
}
