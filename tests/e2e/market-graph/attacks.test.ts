// What others' things, false roles, replays, races, wrong numbers and hostile texts get: each beside the same thing done rightly.
import { scenario } from "../../support/environment.ts";
import {
  ACCEPT,
  ACT,
  act,
  ask,
  CREATE,
  done,
  get,
  INVITE,
  join,
  KEY,
  LICENCE,
  type Licence,
  MESSAGE,
  onMember,
  onOrganization,
  organization,
  personId,
  REFUSED,
  REQUEST,
  REVOKE_KEY,
  type Refused,
  ROTATE,
  refused,
  SANDBOX,
} from "./asking.ts";
import { type Account, type Door, openDoor } from "./door.ts";
import { asked, openShop, request, type Shop } from "./shop.ts";

const unknown = (type: string): string =>
  Buffer.from(`${type}:00000000-0000-4000-8000-000000000000`).toString("base64url");

scenario("attacks on the market", (environment) => {
  let door: Door;
  let shop: Shop;
  let owner: Account;
  let stranger: Account;
  let steward: Account;
  let bakery: string;
  let brewery: string;
  let licence: Licence;
  let key: string;

  beforeAll(async () => {
    door = await openDoor(environment);
    shop = await openShop(door);
    owner = await door.account("owner", "developer");
    stranger = await door.account("stranger", "developer");
    steward = await door.account("steward", "steward");
    bakery = await organization(door, owner);
    brewery = await organization(door, stranger, "brewery");
    licence = await act(door, steward, await asked(door, owner, shop, bakery), "APPROVE");
    licence = await act(door, owner, licence, "ACTIVATE");
    key = (await done<{ key: { id: string } }>(door, owner, KEY, { input: { licence: licence.id, name: "k" } })).key.id;
  });
  afterAll(() => door?.close());

  describe("what belongs to another organisation", () => {
    test("is answered exactly as what does not exist, by every question", async () => {
      const questions = [
        (id: string) => `{ licence(id: "${id}") { ${LICENCE} usage { used } keys { id } } }`,
        (id: string) => `{ previewAction(licence: "${id}", action: REVOKE) { people } }`,
      ];
      for (const question of questions) {
        const foreign = await ask(door, stranger, question(licence.id));
        const missing = await ask(door, stranger, question(unknown("Licence")));
        expect([foreign.text, foreign.status]).toEqual([missing.text, missing.status]);
        expect(Object.values((await ask(door, owner, question(licence.id))).data ?? {})[0]).not.toBeNull();
      }
      const { slug } = (
        await get<{ organization: { slug: string } }>(
          door,
          owner,
          `{ licence(id: "${licence.id}") { organization { slug } } }`,
        )
      ).organization;
      const byName = (name: string) => `{ organization(slug: "${name}") { id members { role } keys { id } } }`;
      expect(await get(door, stranger, byName(slug))).toBeNull();
      expect(await get(door, null, byName(slug))).toBeNull();
      expect(await get(door, owner, byName(slug))).toMatchObject({ members: [{ role: "OWNER" }] });
      const mine = await get<{ nodes: unknown[] }>(door, stranger, "{ licences(first: 10) { nodes { id } } }");
      expect(mine.nodes).toEqual([]);
    });

    test("is not touched by any mutation, and the refusal is that of what does not exist", async () => {
      const person = await personId(door, owner);
      const acts: [string, (id: string) => Record<string, unknown>, type: string, id: string][] = [
        [ACT, (id) => ({ input: { licence: id, seq: licence.seq, action: "SURRENDER" } }), "Licence", licence.id],
        [KEY, (id) => ({ input: { licence: id, name: "mine" } }), "Licence", licence.id],
        [MESSAGE, (id) => ({ licence: id, body: "hello" }), "Licence", licence.id],
        [REQUEST, (id) => ({ input: request(shop, brewery, { renews: id }) }), "Licence", licence.id],
        [REQUEST, (id) => ({ input: request(shop, id) }), "Organization", bakery],
        [SANDBOX, (id) => ({ organization: id, name: "mine" }), "Organization", bakery],
        [INVITE, (id) => ({ organization: id, email: stranger.email, role: "MANAGER" }), "Organization", bakery],
        [
          onOrganization("closeOrganization", ', reason: "because it is there"'),
          (id) => ({ organization: id }),
          "Organization",
          bakery,
        ],
        [onOrganization("leaveOrganization"), (id) => ({ organization: id }), "Organization", bakery],
        [onMember("removeMember"), (id) => ({ organization: id, person }), "Organization", bakery],
        [onMember("transferOwnership"), (id) => ({ organization: id, person }), "Organization", bakery],
        [ROTATE, (id) => ({ key: id, hours: 1 }), "ApiKey", key],
        [REVOKE_KEY, (id) => ({ key: id }), "ApiKey", key],
      ];
      for (const [mutation, variables, type, id] of acts) {
        const foreign = await refused(door, stranger, mutation, variables(id));
        expect([mutation.slice(0, 60), foreign.code]).toEqual([mutation.slice(0, 60), "NOT_FOUND"]);
        expect(foreign).toEqual(await refused(door, stranger, mutation, variables(unknown(type))));
      }
      // The same by whom it belongs to: nothing of it was touched, and it works.
      const seen = await get<Licence>(door, owner, `{ licence(id: "${licence.id}") { ${LICENCE} } }`);
      expect(seen).toMatchObject({ state: "ACTIVE", seq: licence.seq });
      expect(await done(door, owner, MESSAGE, { licence: licence.id, body: "hello" })).toBeDefined();
    });

    test("shows no address of a person, not even to stewards", async () => {
      const people = `{ licence(id: "${licence.id}") { requestedBy { name email } organization { members { person { name email } } } } }`;
      const seen = async (who: Account) => JSON.stringify((await ask(door, who, people)).data);
      expect(await seen(steward)).toContain("owner");
      expect(await seen(steward)).not.toContain(owner.email);
      expect(await seen(owner)).toContain(owner.email);
    });
  });

  describe("a higher role", () => {
    test("is not had by asking: what stewards, auditors and administrators do is refused to others", async () => {
      const waiting = await asked(door, owner, shop, bakery);
      for (const action of ["APPROVE", "REFUSE", "ASK"]) {
        const input = { licence: waiting.id, seq: waiting.seq, action, reason: "because I say so", message: "?" };
        expect((await refused(door, owner, ACT, { input })).code).toBe("FORBIDDEN");
      }
      expect((await refused(door, owner, onOrganization("attestOrganization"), { organization: bakery })).code).toBe(
        "FORBIDDEN",
      );
      for (const question of [
        "{ licences(scope: ALL, first: 1) { nodes { id } } }",
        "{ licences(scope: INBOX, first: 1) { nodes { id } } }",
        "{ auditTrail(first: 1) { nodes { act } } }",
        "{ auditVerified { ok } }",
      ]) {
        expect((await ask(door, owner, question)).errors[0]?.extensions.code).toBe("FORBIDDEN");
        expect((await ask(door, null, question)).errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
      }
      expect((await ask(door, steward, "{ licences(scope: ALL, first: 1) { nodes { id } } }")).errors).toEqual([]);
      expect((await ask(door, steward, "{ auditTrail(first: 1) { nodes { act } } }")).errors[0]?.extensions.code).toBe(
        "FORBIDDEN",
      );
      expect((await act(door, steward, waiting, "APPROVE")).state).toBe("APPROVED");
    });

    test("of an auditor looks and decides nothing", async () => {
      const auditor = await door.account("auditor", "auditor");
      const waiting = await asked(door, owner, shop, bakery);
      expect(await get(door, auditor, `{ licence(id: "${waiting.id}") { allowedActions } }`)).toEqual({
        allowedActions: [],
      });
      const input = { licence: waiting.id, seq: waiting.seq, action: "APPROVE" };
      expect((await refused(door, auditor, ACT, { input })).code).toBe("FORBIDDEN");
      expect((await refused(door, auditor, MESSAGE, { licence: waiting.id, body: "hm" })).code).toBe("FORBIDDEN");
    });

    test("of a steward does not decide for an organisation of their own, nor their own request", async () => {
      const both = await door.account("both", "steward", "developer");
      await join(door, owner, bakery, both, "DEVELOPER");
      const waiting = await asked(door, owner, shop, bakery);
      const own = await asked(door, both, shop, bakery);
      for (const one of [waiting, own]) {
        const input = { licence: one.id, seq: one.seq, action: "APPROVE" };
        expect((await refused(door, both, ACT, { input })).code).toBe("FORBIDDEN");
      }
      await done(door, both, onOrganization("leaveOrganization"), { organization: bakery });
      const input = { licence: own.id, seq: own.seq, action: "APPROVE" };
      expect((await refused(door, both, ACT, { input })).code).toBe("FORBIDDEN");
      expect((await act(door, steward, own, "APPROVE")).state).toBe("APPROVED");
    });

    test("is not had by invitation: only the invited address joins, with the invited role, once", async () => {
      const thief = await door.account("thief", "developer");
      const guest = await door.account("guest", "developer");
      expect(
        (await refused(door, owner, INVITE, { organization: bakery, email: guest.email, role: "OWNER" })).code,
      ).toBe("BAD_USER_INPUT");
      const { token, invitation } = await done<{ token: string; invitation: { id: string } }>(door, owner, INVITE, {
        organization: bakery,
        email: guest.email,
        role: "VIEWER",
      });
      // A stolen link gives nothing, and looks like a link that never was.
      const stolen = await refused(door, thief, ACCEPT, { token });
      expect(stolen).toEqual(await refused(door, thief, ACCEPT, { token: "A".repeat(43) }));
      expect(stolen.code).toBe("NOT_FOUND");
      expect((await refused(door, thief, ACCEPT, { invitation: invitation.id })).code).toBe("NOT_FOUND");
      // Nor does an account that says the invited address and did not prove it; erasing it takes nothing from the other.
      const pretender = await door.pretender(guest.email);
      const told = await refused(door, pretender, ACCEPT, { token });
      expect(told).toEqual(await refused(door, pretender, ACCEPT, { token: "A".repeat(43) }));
      expect(told.code).toBe("FORBIDDEN");
      expect((await refused(door, pretender, ACCEPT, { invitation: invitation.id })).code).toBe("FORBIDDEN");
      expect(await get(door, pretender, "{ viewer { emailVerified invitations { id } } }")).toEqual({
        emailVerified: false,
        invitations: [],
      });
      await done(door, pretender, `mutation { eraseMe { ... on ErasePayload { erased } ${REFUSED} } }`);
      expect(await done(door, guest, ACCEPT, { token })).toMatchObject({ organization: { myRole: "VIEWER" } });
      expect((await refused(door, guest, ACCEPT, { token })).code).toBe("TRANSITION_INVALID");
      // A viewer looks on; nobody raises themselves.
      const person = await personId(door, guest);
      expect((await refused(door, guest, SANDBOX, { organization: bakery, name: "mine" })).code).toBe("FORBIDDEN");
      expect((await refused(door, guest, REQUEST, { input: request(shop, bakery) })).code).toBe("FORBIDDEN");
      for (const role of ["OWNER", "MANAGER"]) {
        expect(
          (await refused(door, guest, onMember("changeRole", `, role: ${role}`), { organization: bakery, person }))
            .code,
        ).toBe("FORBIDDEN");
      }
      expect(
        (await refused(door, owner, onMember("changeRole", ", role: OWNER"), { organization: bakery, person })).code,
      ).toBe("BAD_USER_INPUT");
      await done(door, owner, onMember("changeRole", ", role: DEVELOPER"), { organization: bakery, person });
      expect(await done(door, guest, SANDBOX, { organization: bakery, name: "mine" })).toBeDefined();
    });

    test("is not had through a key: keys read data and act for nobody", async () => {
      const { secret } = await done<{ secret: string }>(door, owner, SANDBOX, {
        organization: bakery,
        name: "sandbox",
      });
      expect(await get(door, secret, "{ viewer { roles } }")).toBeNull();
      const denied = await ask(door, secret, CREATE, { input: { nameKo: "가", nameEn: "A" } });
      expect(denied.errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
      expect((await ask(door, secret, "{ offers(first: 1) { nodes { tier } } }")).errors).toEqual([]);
      expect(await get(door, secret, `{ licence(id: "${licence.id}") { state } }`)).toBeNull();
    });
  });

  test("a field that is the hub's to set is none that can be sent", async () => {
    for (const more of [
      { state: "ACTIVE" },
      { priceMinor: 0 },
      { requestedBy: "x" },
      { actor: "x" },
      { dueAt: "2030-01-01T00:00:00Z" },
    ]) {
      const { errors, data } = await ask(door, owner, REQUEST, { input: request(shop, bakery, more) });
      expect([errors[0]?.extensions.code, data]).toEqual(["GRAPHQL_INVALID", null]);
    }
    for (const more of [{ attestedAt: "2030-01-01T00:00:00Z" }, { createdBy: "x" }, { id: "x" }]) {
      const { errors } = await ask(door, owner, CREATE, { input: { nameKo: "가", nameEn: "A", ...more } });
      expect(errors[0]?.extensions.code).toBe("GRAPHQL_INVALID");
    }
    const waiting = await asked(door, owner, shop, bakery);
    const input = { licence: waiting.id, seq: waiting.seq, action: "WITHDRAW", terms: { quota: 1 } };
    expect((await refused(door, owner, ACT, { input })).fields[0]?.field).toBe("terms");
    const wider = { licence: waiting.id, seq: waiting.seq, action: "APPROVE", terms: { quota: 5_001 } };
    expect((await refused(door, steward, ACT, { input: wider })).fields[0]).toMatchObject({ field: "quota" });
    expect((await act(door, steward, waiting, "APPROVE", { terms: { quota: 4_999 } })).granted?.quota).toBe(4_999);
  });

  test("a quota that is negative, nought, fractional, in words or too large is refused; a whole one is taken", async () => {
    for (const quota of [-5, 0, 1e13]) {
      const { code, fields } = await refused(door, owner, REQUEST, { input: request(shop, bakery, { quota }) });
      expect([quota, code, fields[0]?.field]).toEqual([quota, "BAD_USER_INPUT", "quota"]);
    }
    for (const quota of [1.5, "1e3", "five", "-", 2 ** 60, "99999999999999999999", null, true, [1]]) {
      const { errors, data } = await ask(door, owner, REQUEST, { input: request(shop, bakery, { quota }) });
      expect([quota, errors.length > 0, data]).toEqual([quota, true, null]);
      expect(["GRAPHQL_INVALID", "BAD_USER_INPUT"]).toContain(errors[0]?.extensions.code);
    }
    expect((await asked(door, owner, shop, bakery, { quota: "12" })).state).toBe("REQUESTED");
    const price = (quota: unknown) =>
      ask(
        door,
        null,
        `query ($o: ID!, $q: BigInt!) { estimate(offer: $o, quota: $q, from: "2027-01-01", to: "2027-01-31") { priceMinor } }`,
        { o: shop.offer, q: quota },
      );
    for (const quota of [-1, 0, 0.5, 1e13, 2 ** 53]) expect((await price(quota)).errors).toHaveLength(1);
    expect((await price(1e12)).data).toEqual({ estimate: { priceMinor: 30_000 } });
  });

  test("a network that is none keeps no key from being refused, and one that is goes into the key", async () => {
    const made = (ipAllow: string[], more: Record<string, unknown> = {}) => ({
      input: { licence: licence.id, name: "net", ipAllow, ...more },
    });
    for (const networks of [["999.1.1.1"], ["10.0.0.1/8"], ["10.0.0.0/33"], ["all"], ["10.0.0.0/8'--"]]) {
      expect((await refused(door, owner, KEY, made(networks))).code).toBe("BAD_USER_INPUT");
    }
    expect((await refused(door, owner, KEY, made([], { scopes: ["write:all"] }))).fields[0]?.field).toBe("scopes");
    expect((await refused(door, owner, KEY, made([], { expiresAt: "2020-01-01T00:00:00Z" }))).fields[0]?.field).toBe(
      "expiresAt",
    );
    const { key: kept } = await done<{ key: { ipAllow: string[] } }>(
      door,
      owner,
      KEY,
      made(["203.0.113.0/24", "2001:db8::/32"]),
    );
    expect(kept.ipAllow).toEqual(["203.0.113.0/24", "2001:db8::/32"]);
  });

  test("a decision that is sent again changes nothing and says that someone was faster", async () => {
    const waiting = await asked(door, owner, shop, bakery);
    const input = { licence: waiting.id, seq: waiting.seq, action: "APPROVE" };
    const first = await done<{ licence: Licence }>(door, steward, ACT, { input });
    expect((await refused(door, steward, ACT, { input })).code).toBe("CONFLICT");
    const now = await get<Licence>(door, owner, `{ licence(id: "${waiting.id}") { ${LICENCE} } }`);
    expect([now.seq, now.state]).toEqual([first.licence.seq, "APPROVED"]);
    const later = { ...input, seq: now.seq, action: "REFUSE", reason: "I changed my mind." };
    expect((await refused(door, steward, ACT, { input: later })).code).toBe("TRANSITION_INVALID");
  });

  test("of two who approve at once one wins, and the licence has one approval", async () => {
    const other = await door.account("steward2", "steward");
    const outcomes: string[] = [];
    for (let round = 0; round < 5; round++) {
      const waiting = await asked(door, owner, shop, bakery);
      const input = { licence: waiting.id, seq: waiting.seq, action: "APPROVE" };
      const both = await Promise.all(
        [steward, other].map((who) => get<{ licence?: Licence } & Partial<Refused>>(door, who, ACT, { input })),
      );
      outcomes.push(...both.map(({ licence: won, code }) => (won === undefined ? String(code) : "WON")).sort());
      const { events } = await get<Licence>(door, owner, `{ licence(id: "${waiting.id}") { ${LICENCE} } }`);
      expect(events.map(({ action }) => action)).toEqual(["REQUEST", "APPROVE"]);
      await act(door, owner, { id: waiting.id, seq: 2 }, "WITHDRAW");
    }
    expect(outcomes).toEqual(Array.from({ length: 5 }, () => ["CONFLICT", "WON"]).flat());
  });

  test("what is of high risk needs two different people", async () => {
    const risky = await openShop(door, true);
    const other = await door.account("steward2", "steward");
    let waiting = await asked(door, owner, risky, bakery);
    const risk = async (who: Account) =>
      (
        await get<{ risk: unknown }>(
          door,
          who,
          `{ licence(id: "${waiting.id}") { risk { highRisk approvalsNeeded firstApprover { name } } } }`,
        )
      ).risk;
    expect(await risk(owner)).toBeNull();
    expect(await risk(steward)).toEqual({ highRisk: true, approvalsNeeded: 2, firstApprover: null });
    waiting = await act(door, steward, waiting, "APPROVE");
    expect(waiting.state).toBe("REQUESTED");
    expect(waiting.allowedActions).not.toContain("APPROVE");
    expect(await risk(other)).toMatchObject({ approvalsNeeded: 1, firstApprover: { name: "steward" } });
    const again = { licence: waiting.id, seq: waiting.seq, action: "APPROVE" };
    expect((await refused(door, steward, ACT, { input: again })).code).toBe("FORBIDDEN");
    expect((await act(door, other, waiting, "APPROVE")).state).toBe("APPROVED");
  });

  describe("who has an account or is a customer", () => {
    test("is not told by inviting, by joining, or by names that are taken", async () => {
      const shape = (answer: unknown) => JSON.stringify(answer).replace(/"(token|id|expiresAt)":"[^"]+"/g, '"$1":"…"');
      const invite = (email: string) => done(door, owner, INVITE, { organization: bakery, email, role: "VIEWER" });
      const known = await invite(stranger.email);
      const nobody = await invite("nobody-here@madang.example");
      expect(shape(known)).toBe(shape(nobody));
      const first = await done<{ organization: { slug: string } }>(door, owner, CREATE, {
        input: { nameKo: "가", nameEn: "A", slug: "bakery" },
      });
      const second = await done<{ organization: { slug: string } }>(door, stranger, CREATE, {
        input: { nameKo: "가", nameEn: "A", slug: "bakery" },
      });
      expect(first.organization.slug).toMatch(/^bakery-[a-z0-9]{4}$/);
      expect(second.organization.slug).not.toBe(first.organization.slug);
    });

    test("is not told by the list of organisations, which has providers alone", async () => {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: {
          nodes: { slug: string; isProvider: boolean }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        } = await get(
          door,
          owner,
          "query ($after: String) { organizations(first: 100, after: $after) { nodes { slug isProvider } pageInfo { hasNextPage endCursor } } }",
          { after },
        );
        seen.push(...page.nodes.map(({ slug }) => slug));
        expect(page.nodes.every(({ isProvider }) => isProvider)).toBe(true);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen.filter((slug) => /^(bakery|brewery)-/.test(slug))).toEqual([]);
      expect(seen).toContain(shop.dataset.replace(/-flow$/, ""));
    });
  });

  describe("hostile texts", () => {
    const SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(1)"> =1+1 {{7*7}} \' OR 1=1 --';

    test("are kept and answered as the text they are, as JSON", async () => {
      const waiting = await asked(door, owner, shop, bakery, { purposeText: `${SCRIPT} and so on` });
      await done(door, owner, MESSAGE, { licence: waiting.id, body: `${SCRIPT}\nsecond line` });
      const answer = await ask(door, steward, `{ licence(id: "${waiting.id}") { purposeText messages { body } } }`);
      expect(answer.type).toMatch(/^application\/json/);
      expect(answer.data?.["licence"]).toEqual({
        purposeText: `${SCRIPT} and so on`,
        messages: [{ body: `${SCRIPT}\nsecond line` }],
      });
      const named = await done<{ organization: { id: string } }>(door, owner, CREATE, {
        input: { nameKo: "<b>가</b>", nameEn: "<b>A</b>" },
      });
      expect(named.organization.id).toBeDefined();
    });

    test("that turn around what is read, or hide, are refused in every field", async () => {
      for (const sign of ["\u202e", "\u2066", "\u0000", "\u001b", "\u200f", "\ufeff"]) {
        const name = await refused(door, owner, CREATE, { input: { nameKo: `가${sign}나`, nameEn: "A" } });
        expect([name.code, name.fields[0]?.field]).toEqual(["BAD_USER_INPUT", "nameKo"]);
        expect(
          (await refused(door, owner, MESSAGE, { licence: licence.id, body: `pay${sign}me` })).fields[0]?.field,
        ).toBe("body");
        expect((await refused(door, owner, SANDBOX, { organization: bakery, name: `k${sign}` })).fields[0]?.field).toBe(
          "name",
        );
      }
      expect(
        (await refused(door, owner, MESSAGE, { licence: licence.id, body: "가".repeat(4_001) })).fields[0]?.field,
      ).toBe("body");
      expect((await refused(door, owner, CREATE, { input: { nameKo: "a\nb", nameEn: "A" } })).fields[0]?.field).toBe(
        "nameKo",
      );
      expect(await done(door, owner, MESSAGE, { licence: licence.id, body: `${"가".repeat(3_999)}🥐` })).toBeDefined();
    });

    test("are no addresses: a website is https and nothing else", async () => {
      for (const url of [
        "javascript:alert(1)",
        "http://example.com",
        "https://user:secret@example.com",
        "https://a b",
        "data:text/html,x",
      ]) {
        const { fields } = await refused(door, owner, CREATE, { input: { nameKo: "가", nameEn: "A", url } });
        expect(fields[0]?.field).toBe("url");
      }
      expect(
        await done(door, owner, CREATE, { input: { nameKo: "가", nameEn: "A", url: "https://example.com" } }),
      ).toBeDefined();
    });

    test("that hold a key are not taken at all", async () => {
      const { secret } = await done<{ secret: string }>(door, owner, SANDBOX, { organization: bakery, name: "leaky" });
      const leak = await ask(door, owner, MESSAGE, { licence: licence.id, body: `my key is ${secret}` });
      expect(leak.status).toBe(400);
      expect(leak.text).toContain("BAD_USER_INPUT");
      expect(leak.text).not.toContain(secret);
      const { messages } = await get<Licence>(door, owner, `{ licence(id: "${licence.id}") { ${LICENCE} } }`);
      expect(messages.some(({ body }) => body.includes("mdg_"))).toBe(false);
    });
  });

  describe("the door", () => {
    test("takes a mutation by POST alone, with one question a request, and few aliases", async () => {
      const mutation = `mutation { createSandboxKey(organization: "${bakery}", name: "k") { __typename } }`;
      const byGet = await fetch(`${door.url}/graphql?query=${encodeURIComponent(mutation)}`, {
        headers: { authorization: `Bearer ${owner.bearer}` },
      });
      expect(byGet.status).toBe(405);
      const batch = await fetch(`${door.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${owner.bearer}` },
        body: JSON.stringify([{ query: mutation }, { query: mutation }]),
      });
      expect(batch.status).toBe(400);
      const many = (count: number) =>
        `mutation { ${Array.from({ length: count }, (_, nth) => `k${nth}: createSandboxKey(organization: "${bakery}", name: "k${nth}") { __typename ${nth} }`.replace(` ${nth} }`, " }")).join(" ")} }`;
      expect((await ask(door, owner, many(50))).errors[0]?.extensions.code).toBe("LIMIT_EXCEEDED");
      const few = await ask(door, owner, many(3));
      expect(Object.values(few.data ?? {})).toEqual(Array(3).fill({ __typename: "KeyPayload" }));
    });

    test("knows no cookie, no form and no token in the address", async () => {
      const body = JSON.stringify({ query: "{ viewer { roles } }" });
      const asCookie = await fetch(`${door.url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          cookie: `access_token=${owner.bearer}; authorization=Bearer ${owner.bearer}`,
        },
        body,
      });
      expect(await asCookie.json()).toEqual({ data: { viewer: null } });
      const asForm = await fetch(`${door.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "text/plain" },
        body,
      });
      expect(asForm.status).toBe(415);
      const inAddress = await fetch(
        `${door.url}/graphql?access_token=${owner.bearer}&query=${encodeURIComponent("{ viewer { roles } }")}`,
      );
      expect(await inAddress.json()).toEqual({ data: { viewer: null } });
      expect(await get(door, owner, "{ viewer { roles } }")).toEqual({ roles: ["DEVELOPER"] });
    });
  });
});
