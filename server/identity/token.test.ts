import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { remoteKeySet } from "./key-set.ts";
import { createTokenVerifier } from "./token.ts";

const ISSUER = "https://hub.example/realms/madang";
const NOW = Date.parse("2026-11-27T09:00:00Z");
const first = await generateKeyPair("RS256", { extractable: true });
const second = await generateKeyPair("ES256", { extractable: true });
const foreign = await generateKeyPair("RS256", { extractable: true });
const jwk = async (pair: typeof first, kid: string, alg: string) => ({
  ...(await exportJWK(pair.publicKey)),
  kid,
  alg,
  use: "sig",
});
const K1 = await jwk(first, "k1", "RS256");
const K2 = await jwk(second, "k2", "ES256");

let keys: object[] = [];
let asked = 0;
let away = false;
let server: Server;
let url: URL;
let clock = NOW;

beforeAll(async () => {
  server = createServer((_request, response) => {
    asked += 1;
    if (away) response.destroy();
    else response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  keys = [K1];
  asked = 0;
  away = false;
  clock = NOW;
});

const CLAIMS: JWTPayload = {
  iss: ISSUER,
  sub: "9b2f",
  aud: ["madang-api", "account"],
  azp: "portal",
  iat: NOW / 1000 - 10,
  exp: NOW / 1000 + 290,
  typ: "Bearer",
  email: "someone@madang.example",
  realm_access: { roles: ["citizen", "developer"] },
};
const verifier = () =>
  createTokenVerifier({
    issuer: ISSUER,
    audience: "madang-api",
    persons: ["portal"],
    services: ["hub"],
    keys: remoteKeySet(url, () => clock),
    now: () => clock,
  });
const sign = (claims: Record<string, unknown> = {}, header: object = {}, key = first.privateKey) =>
  new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "k1", typ: "JWT", ...header })
    .sign(key);

test("a good token tells who it is, of which client, with which roles and until when", async () => {
  await expect(verifier()(await sign())).resolves.toEqual({
    issuer: ISSUER,
    subject: "9b2f",
    kind: "PERSON",
    client: "portal",
    roles: ["citizen", "developer"],
    email: "someone@madang.example",
    emailVerified: false,
    name: null,
    expiresAt: NOW + 290_000,
  });
  const machine = await sign({ azp: "hub", typ: undefined }, { typ: "at+jwt" });
  await expect(verifier()(machine)).resolves.toMatchObject({ kind: "CLIENT", client: "hub" });
});

test("an address is proved only where the issuer says so in so many words", async () => {
  const verified = async (claims: Record<string, unknown>) => (await verifier()(await sign(claims))).emailVerified;
  expect(await verified({ email_verified: true })).toBe(true);
  expect([await verified({}), await verified({ email_verified: false })]).toEqual([false, false]);
  expect(await verified({ email: undefined, email_verified: true })).toBe(false);
  await expect(verifier()(await sign({ email_verified: "true" }))).rejects.toThrow("UNAUTHENTICATED");
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
test.each<[string, () => Promise<string> | string]>([
  ["no signature (alg none)", () => new UnsecuredJWT(CLAIMS).encode()],
  ["alg none spelled otherwise", () => `${part({ alg: "nOnE", kid: "k1", typ: "JWT" })}.${part(CLAIMS)}.`],
  [
    "an HMAC under the public key (key confusion)",
    async () => {
      const secret = new TextEncoder().encode(await exportSPKI(first.publicKey));
      return new SignJWT(CLAIMS).setProtectedHeader({ alg: "HS256", kid: "k1", typ: "JWT" }).sign(secret);
    },
  ],
  ["a foreign key under a known key id", () => sign({}, {}, foreign.privateKey)],
  [
    "a foreign key in the header (jwk)",
    async () => sign({}, { jwk: await exportJWK(foreign.publicKey) }, foreign.privateKey),
  ],
  [
    "a foreign key set in the header (jku)",
    () => sign({}, { kid: "f", jku: "https://evil.example/certs" }, foreign.privateKey),
  ],
  ["no key id", () => sign({}, { kid: undefined })],
  ["another issuer", () => sign({ iss: "https://evil.example/realms/madang" })],
  ["an issuer that only begins alike", () => sign({ iss: `${ISSUER}.evil.example` })],
  ["another audience", () => sign({ aud: "account" })],
  ["no audience", () => sign({ aud: undefined })],
  ["no expiry", () => sign({ exp: undefined })],
  ["expired longer than the skew ago", () => sign({ exp: NOW / 1000 - 31 })],
  ["not valid yet", () => sign({ nbf: NOW / 1000 + 31 })],
  ["issued in the future", () => sign({ iat: NOW / 1000 + 31 })],
  ["an ID token", () => sign({ typ: "ID" })],
  ["a refresh token", () => sign({ typ: "Refresh" })],
  ["a token that says no kind", () => sign({ typ: undefined })],
  ["another client", () => sign({ azp: "account-console" })],
  ["roles that are no list", () => sign({ realm_access: { roles: "admin" } })],
  ["too long a token", () => sign({ filler: "x".repeat(20_000) })],
  ["words", () => "mdg_live_something"],
])("refused as UNAUTHENTICATED: %s", async (_what, make) => {
  const token = await make();
  await expect(verifier()(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(asked).toBeLessThanOrEqual(1);
});

test("clocks may differ by 30 seconds", async () => {
  await expect(verifier()(await sign({ exp: NOW / 1000 - 29 }))).resolves.toBeDefined();
  await expect(verifier()(await sign({ nbf: NOW / 1000 + 29, iat: NOW / 1000 + 29 }))).resolves.toBeDefined();
});

test("a new key is fetched when a token names it, an invented one asks at most once per cooldown", async () => {
  const verify = verifier();
  await verify(await sign());
  expect(asked).toBe(1);
  keys = [K1, K2];
  clock += 6_000;
  const renewed = await sign({}, { alg: "ES256", kid: "k2" }, second.privateKey);
  await expect(verify(renewed)).resolves.toBeDefined();
  await expect(verify(await sign())).resolves.toBeDefined();
  expect(asked).toBe(2);
  const invented = await sign({}, { kid: "invented" });
  for (let round = 0; round < 20; round += 1) await verify(invented).catch(() => {});
  expect(asked).toBe(2);
  clock += 6_000;
  await Promise.allSettled(Array.from({ length: 20 }, () => verify(invented)));
  expect(asked).toBe(3);
});

test("a key that was taken back is known no longer once the set is old", async () => {
  const verify = verifier();
  const token = await sign({ exp: NOW / 1000 + 3600 });
  await verify(token);
  keys = [K2];
  clock += 5 * 60_000;
  await expect(verify(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

test("an outage of the key set is bridged for an hour, then nobody is let in", async () => {
  const verify = verifier();
  const token = await sign({ exp: NOW / 1000 + 7200 });
  await verify(token);
  away = true;
  clock += 30 * 60_000;
  await expect(verify(token)).resolves.toBeDefined();
  clock += 31 * 60_000;
  await expect(verify(token)).rejects.toMatchObject({ code: "UNAVAILABLE", status: 503, retryAfter: 5 });
  away = false;
  clock += 6_000;
  await expect(verify(token)).resolves.toBeDefined();
});

test("before the key set was ever had, nobody is let in, and the outage is told as such", async () => {
  away = true;
  await expect(verifier()(await sign())).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a symmetric key in the set is not taken", async () => {
  const secret = Buffer.from("a secret that everybody can read in the set");
  keys = [{ kty: "oct", k: secret.toString("base64url"), kid: "k1", alg: "HS256" }];
  const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: "HS256", kid: "k1", typ: "JWT" }).sign(secret);
  await expect(verifier()(token)).rejects.toMatchObject({ code: expect.stringMatching(/UNA/) });
});
