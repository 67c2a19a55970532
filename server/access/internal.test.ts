import { ANONYMOUS, type Principal } from "../../core/licence/principal.ts";
import { principalReader, signPrincipal } from "./internal.ts";

const KEY = "a key of the hub's own processes, 32 bytes";
const NOW = Date.parse("2026-11-27T09:00:00Z");
const BODY = '{"query":"{ cities { slug } }"}';
const person: Principal = {
  kind: "PERSON",
  person: "0f9c",
  roles: ["developer"],
  memberships: [{ organization: "bakery", role: "OWNER" }],
  expiresAt: NOW + 60_000,
};
let clock = NOW;
beforeEach(() => {
  clock = NOW;
});
const reader = (subgraph = "crowd", key = KEY) => principalReader(subgraph, key, () => clock);
const signed = (principal: Principal = person) => signPrincipal(principal, "crowd", BODY, KEY, NOW);

test("who asks arrives as it was sent, of every kind", () => {
  const key: Principal = {
    kind: "KEY",
    key: "1",
    organization: "bakery",
    licence: null,
    environment: "test",
    scopes: ["read:graph"],
    expiresAt: null,
  };
  const client: Principal = { kind: "CLIENT", client: "hub", roles: ["admin"], expiresAt: NOW };
  for (const one of [ANONYMOUS, person, key, client, { kind: "DEVICE", device: "pole" } as const]) {
    expect(reader()(signed(one), BODY)).toEqual(one);
  }
});

describe("a call is refused", () => {
  test("without a header, or with one that is repeated or no header of ours", () => {
    const read = reader();
    for (const header of [undefined, "", "a.b", [signed(), signed()], `${signed()}.x`]) {
      expect(() => read(header, BODY)).toThrow("UNAUTHENTICATED");
    }
  });

  test("with another key, another body, another subgraph's name, or with one bit changed", () => {
    expect(() => reader("crowd", `${KEY}x`)(signed(), BODY)).toThrow("not signed");
    expect(() => reader()(signed(), `${BODY} `)).toThrow("not signed");
    expect(() => reader("market")(signed(), BODY)).toThrow("not signed");
    const [told = "", mac] = signed(ANONYMOUS).split(".");
    const forged = Buffer.from(
      Buffer.from(told, "base64url")
        .toString("utf8")
        .replace(
          JSON.stringify(ANONYMOUS),
          JSON.stringify({ kind: "CLIENT", client: "x", roles: ["admin"], expiresAt: NOW }),
        ),
    ).toString("base64url");
    expect(forged).not.toBe(told);
    expect(() => reader()(`${forged}.${mac}`, BODY)).toThrow("not signed");
  });

  test("when it is older than 30 s or far ahead of the clock, and not before", () => {
    const header = signed();
    clock = NOW + 30_000;
    expect(reader()(header, BODY)).toEqual(person);
    clock = NOW + 30_001;
    expect(() => reader()(header, BODY)).toThrow("too old");
    clock = NOW - 30_001;
    expect(() => reader()(header, BODY)).toThrow("too old");
  });

  test("the second time, also at the end of its life; another call of the same body is not one", () => {
    const read = reader();
    const header = signed();
    expect(read(header, BODY)).toEqual(person);
    expect(() => read(header, BODY)).toThrow("made before");
    expect(read(signed(), BODY)).toEqual(person);
    clock = NOW + 29_999;
    expect(() => read(header, BODY)).toThrow("made before");
  });
});
