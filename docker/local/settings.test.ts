import { homeBeside, publicAddresses, readSettings } from "./settings.ts";

const four = {
  HUB_DATABASE_URL: "postgres://u:p@db/hub",
  EDGE_DATABASE_URL: "postgresql://u:p@db/edge",
  REDIS_URL: "redis://r:6379",
  CACHE_URL: "rediss://c:6379",
};

test("without variables the state is in the project's .madang and the ports start at 4000", () => {
  const settings = readSettings({ HOME: "/home/ada" }, "/srv/madang");
  expect(settings).toMatchObject({ home: "/srv/madang/.madang", host: "127.0.0.1", external: null });
  expect(settings.ports).toEqual({
    front: 4000,
    intake: 4001,
    hub: 4002,
    edge: 4003,
    queue: 4004,
    cache: 4005,
    identity: 4006,
    identityHealth: 4007,
    subgraphs: 4010,
  });
});

test("all four addresses together are stores of one's own", () => {
  expect(readSettings(four, "/srv").external).toEqual({
    hub: four.HUB_DATABASE_URL,
    edge: four.EDGE_DATABASE_URL,
    queue: four.REDIS_URL,
    cache: four.CACHE_URL,
  });
});

test("some of the four addresses are refused, and the missing ones are named", () => {
  const { REDIS_URL: _, CACHE_URL: __, ...two } = four;
  expect(() => readSettings(two, "/srv")).toThrow("Missing: REDIS_URL, CACHE_URL.");
});

test("an address of the wrong kind is refused without being printed", () => {
  const read = () => readSettings({ ...four, REDIS_URL: "http://secret:word@r" }, "/srv");
  expect(read).toThrow("REDIS_URL");
  expect(read).not.toThrow("secret");
});

test.each(["0", "-1", "65501", "http", "40.5"])("%s is no first port", (text) => {
  expect(() => readSettings({ MADANG_PORT: text }, "/srv")).toThrow("MADANG_PORT");
});

test("a first port that browsers refuse is refused here", () => {
  expect(() => readSettings({ MADANG_PORT: "6000" }, "/srv")).toThrow("6000");
});

test("a state folder too deep for Unix sockets is refused", () => {
  expect(() => readSettings({ MADANG_HOME: `/${"d".repeat(90)}` }, "/srv")).toThrow("too long");
});

test("the address of the world is the issuer's, when one is set", () => {
  const settings = readSettings({ MADANG_PUBLIC_URL: "https://hub.example/", MADANG_HOST: "0.0.0.0" }, "/srv");
  expect(publicAddresses(settings).portal).toBe("https://hub.example/");
  expect(() => readSettings({ MADANG_PUBLIC_URL: "https://hub.example/madang" }, "/srv")).toThrow("without a path");
});

test("another OpenID provider needs its issuer and its keys", () => {
  const both = { IDENTITY_ISSUER: "https://id.example/", IDENTITY_KEYS_URL: "https://id.example/keys" };
  const openid = { MADANG_IDENTITY: "openid", ...both };
  expect(readSettings(openid, "/srv").openid).toEqual({
    issuer: both.IDENTITY_ISSUER,
    keysUrl: both.IDENTITY_KEYS_URL,
  });
  expect(readSettings(both, "/srv").openid).toBeNull();
  expect(() => readSettings({ MADANG_IDENTITY: "openid" }, "/srv")).toThrow("IDENTITY_ISSUER");
  expect(() => readSettings({ MADANG_IDENTITY: "ldap" }, "/srv")).toThrow("not ldap");
});

test("a hub for tests stands below the usual folder, or in a short one where sockets would not fit", () => {
  expect(homeBeside("/srv/.madang", "test")).toBe("/srv/.madang/test");
  const deep = homeBeside(`/${"d".repeat(90)}/.madang`, "test");
  expect(readSettings({ MADANG_HOME: deep }, "/srv").home).toBe(deep);
  expect(homeBeside(`/${"e".repeat(90)}/.madang`, "test")).not.toBe(deep);
});

test("a hub bound to every address is reached by this machine's own", () => {
  const settings = readSettings({ MADANG_HOST: "0.0.0.0", MADANG_PORT: "5000" }, "/srv");
  expect(publicAddresses(settings)).toEqual({
    hub: "http://127.0.0.1:5000",
    portal: "http://127.0.0.1:5000/",
    graphql: "http://127.0.0.1:5000/graphql",
    edge: "http://127.0.0.1:5000/edge/v1",
  });
});
