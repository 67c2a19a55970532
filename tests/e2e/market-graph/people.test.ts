// Organisations and their people: roles, ownership, leaving, attesting, closing, erasing.
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
  onMember,
  onOrganization,
  organization,
  personId,
  REFUSED,
  refused,
  SANDBOX,
} from "./asking.ts";
import { type Account, type Door, openDoor } from "./door.ts";
import { asked, openShop } from "./shop.ts";

type Viewer = {
  person: { name: string | null; email: string | null };
  organizations: { role: string; organization: { id: string; slug: string } }[];
  invitations: { id: string; email: string; organization: { slug: string } }[];
};
const VIEWER = `{ viewer { person { name email } organizations { role organization { id slug } }
  invitations { id email organization { slug } } } }`;

scenario("organisations and their people", (environment) => {
  let door: Door;
  let owner: Account;
  let bakery: string;
  const rolesOf = async (who: Account) => (await get<Viewer>(door, who, VIEWER)).organizations.map(({ role }) => role);

  beforeAll(async () => {
    door = await openDoor(environment);
    owner = await door.account("owner", "developer");
    bakery = await organization(door, owner);
  });
  afterAll(() => door?.close());

  test("who makes one owns it, in the same answer and in the next one", async () => {
    const first = await door.account("first", "citizen");
    const made = await done<{ organization: { id: string; myRole: string } }>(door, first, CREATE, {
      input: { nameKo: "가게", nameEn: "Shop", slug: "shop", stage: "PRE_STARTUP", url: "https://example.com/shop" },
    });
    expect(made.organization.myRole).toBe("OWNER");
    const { person, organizations } = await get<Viewer>(door, first, VIEWER);
    expect(person).toEqual({ name: "first", email: first.email });
    expect(organizations).toMatchObject([{ role: "OWNER", organization: { id: made.organization.id } }]);
  });

  test("an invitation shows to whom it is for, and can be accepted without its link or withdrawn", async () => {
    const guest = await door.account("guest", "developer");
    const variables = { organization: bakery, email: guest.email.toUpperCase(), role: "DEVELOPER" };
    const { invitation } = await done<{ invitation: { id: string } }>(door, owner, INVITE, variables);
    const waiting = (await get<Viewer>(door, guest, VIEWER)).invitations;
    expect(waiting).toMatchObject([{ id: invitation.id, email: guest.email }]);
    const withdraw = `mutation ($invitation: ID!) { withdrawInvitation(invitation: $invitation) { __typename ${REFUSED} } }`;
    expect((await refused(door, guest, withdraw, { invitation: invitation.id })).code).toBe("NOT_FOUND");
    await done(door, owner, withdraw, { invitation: invitation.id });
    expect((await refused(door, guest, ACCEPT, { invitation: invitation.id })).code).toBe("TRANSITION_INVALID");
    const again = await done<{ invitation: { id: string } }>(door, owner, INVITE, variables);
    await done(door, guest, ACCEPT, { invitation: again.invitation.id });
    expect(await rolesOf(guest)).toEqual(["DEVELOPER"]);
    expect((await refused(door, owner, INVITE, { ...variables, email: "no address" })).fields[0]?.field).toBe("email");
  });

  test("managers look after developers and viewers; managers are the owner's to make", async () => {
    const manager = await door.account("manager", "developer");
    const helper = await door.account("helper", "developer");
    await join(door, owner, bakery, manager, "MANAGER");
    await join(door, manager, bakery, helper, "VIEWER");
    const person = await personId(door, helper);
    const change = (role: string) => onMember("changeRole", `, role: ${role}`);
    await done(door, manager, change("DEVELOPER"), { organization: bakery, person });
    await done(door, helper, SANDBOX, { organization: bakery, name: "helper's" });
    type Keys = { organizations: { organization: { keys: { name: string; makerLeft: boolean }[] } }[] };
    const keys = async () =>
      (
        await get<Keys>(door, manager, "{ viewer { organizations { organization { keys { name makerLeft } } } } }")
      ).organizations.flatMap(({ organization: { keys: all } }) => all.filter(({ name }) => name === "helper's"));
    expect(await keys()).toEqual([{ name: "helper's", makerLeft: false }]);
    for (const act of [
      refused(door, manager, change("MANAGER"), { organization: bakery, person }),
      refused(door, manager, INVITE, { organization: bakery, email: "x@madang.example", role: "MANAGER" }),
      refused(door, manager, onMember("removeMember"), { organization: bakery, person: await personId(door, owner) }),
      refused(door, helper, onMember("removeMember"), { organization: bakery, person: await personId(door, manager) }),
      refused(door, manager, onOrganization("closeOrganization", ', reason: "no use"'), { organization: bakery }),
    ]) {
      expect((await act).code).toBe("FORBIDDEN");
    }
    await done(door, manager, onMember("removeMember"), { organization: bakery, person });
    expect(await rolesOf(helper)).toEqual([]);
    // The key goes on, for it is the organisation's; its managers are told that somebody outside may know it.
    expect(await keys()).toEqual([{ name: "helper's", makerLeft: true }]);
    expect((await refused(door, helper, SANDBOX, { organization: bakery, name: "late" })).code).toBe("NOT_FOUND");
  });

  test("what binds the organisation is not a developer's to accept or to give back", async () => {
    const steward = await door.account("steward", "steward");
    const helper = await door.account("helper", "developer");
    await join(door, owner, bakery, helper, "DEVELOPER");
    let licence = await asked(door, helper, await openShop(door), bakery);
    licence = await act(door, steward, licence, "APPROVE");
    const activate = { licence: licence.id, seq: licence.seq, action: "ACTIVATE" };
    expect((await refused(door, helper, ACT, { input: activate })).code).toBe("FORBIDDEN");
    licence = await act(door, owner, licence, "ACTIVATE");
    const surrender = { licence: licence.id, seq: licence.seq, action: "SURRENDER" };
    expect((await refused(door, helper, ACT, { input: surrender })).code).toBe("FORBIDDEN");
    expect((await act(door, owner, licence, "SURRENDER")).state).toBe("WITHDRAWN");
  });

  test("the owner cannot leave; ownership moves to a member, and then they can", async () => {
    const first = await door.account("first", "developer");
    const second = await door.account("second", "developer");
    const outsider = await door.account("outsider", "developer");
    const shop = await organization(door, first, "shop");
    await join(door, first, shop, second, "DEVELOPER");
    const leave = onOrganization("leaveOrganization");
    expect(await refused(door, first, leave, { organization: shop })).toMatchObject({
      code: "FORBIDDEN",
      message: { ko: "소유자는 먼저 소유권을 넘기거나 조직을 닫아야 합니다." },
    });
    const move = onMember("transferOwnership");
    const to = async (who: Account) => ({ organization: shop, person: await personId(door, who) });
    expect((await refused(door, second, move, await to(second))).code).toBe("FORBIDDEN");
    expect((await refused(door, first, move, await to(outsider))).code).toBe("BAD_USER_INPUT");
    await done(door, first, move, await to(second));
    expect([await rolesOf(first), await rolesOf(second)]).toEqual([["MANAGER"], ["OWNER"]]);
    await done(door, first, leave, { organization: shop });
    expect(await rolesOf(first)).toEqual([]);
  });

  test("a steward attests a business once, and never their own; a changed number is attested anew", async () => {
    const steward = await door.account("steward", "steward", "developer");
    const attest = onOrganization("attestOrganization");
    const own = await organization(door, steward, "own");
    expect((await refused(door, steward, attest, { organization: own })).code).toBe("FORBIDDEN");
    await done(door, steward, attest, { organization: bakery });
    expect(await refused(door, steward, attest, { organization: bakery })).toMatchObject({
      code: "CONFLICT",
      message: { en: "It is attested already." },
    });
    const update = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) {
      ... on OrganizationPayload { organization { attestedAt registrationNumber url } } ${REFUSED} } }`;
    const change = (more: Record<string, unknown>) =>
      done<{ organization: unknown }>(door, owner, update, { input: { organization: bakery, ...more } });
    expect((await change({ nameEn: "Bakery & Sons" })).organization).toMatchObject({ attestedAt: expect.any(String) });
    expect((await change({ registrationNumber: "123-45-67890" })).organization).toMatchObject({
      attestedAt: null,
      registrationNumber: "123-45-67890",
    });
    expect((await refused(door, steward, update, { input: { organization: bakery, nameEn: "Mine" } })).code).toBe(
      "FORBIDDEN",
    );
  });

  test("a closed one ends what it has, and its record stays", async () => {
    const last = await door.account("last", "developer");
    const steward = await door.account("steward", "steward");
    const shop = await organization(door, last, "closing");
    const licence = await asked(door, last, await openShop(door), shop);
    const { secret } = await done<{ secret: string }>(door, last, SANDBOX, { organization: shop, name: "k" });
    expect((await ask(door, secret, "{ cities { slug } }")).status).toBe(200);
    await done(door, last, onOrganization("closeOrganization", ', reason: "We stop."'), { organization: shop });
    expect(await rolesOf(last)).toEqual([]);
    expect(await get(door, last, `{ licence(id: "${licence.id}") { state } }`)).toBeNull();
    const kept = `{ licence(id: "${licence.id}") { state organization { closedAt } } }`;
    expect(await get(door, steward, kept)).toEqual({
      state: "WITHDRAWN",
      organization: { closedAt: expect.any(String) },
    });
  });

  test("who erases themselves leaves neither name nor address nor words, and what they did stays", async () => {
    const passing = await door.account("passing", "developer");
    const steward = await door.account("steward", "steward");
    const licence = await asked(door, owner, await openShop(door), bakery);
    await join(door, owner, bakery, passing, "DEVELOPER");
    const say = `mutation ($licence: ID!, $body: String!) { writeMessage(licence: $licence, body: $body) { __typename ${REFUSED} } }`;
    await done(door, passing, say, { licence: licence.id, body: "I was here, my number is 010-1234-5678." });
    const erase = `mutation { eraseMe { ... on ErasePayload { erased } ${REFUSED} } }`;
    expect((await refused(door, owner, erase)).code).toBe("FORBIDDEN");
    expect(await done(door, passing, erase)).toEqual({ erased: true });
    const seen = `{ licence(id: "${licence.id}") { messages { body author { name email } } } }`;
    expect(await get(door, steward, seen)).toEqual({ messages: [{ body: null, author: { name: null, email: null } }] });
    const auditor = await door.account("auditor", "auditor");
    const trail = (
      await ask(
        door,
        auditor,
        "{ auditTrail(first: 20) { nodes { act personal actor { name } } } auditVerified { ok } }",
      )
    ).text;
    expect(trail).toContain("PERSON_ERASED");
    expect(trail).not.toContain(passing.email);
    expect(trail).toContain('"ok":true');
  });
});
