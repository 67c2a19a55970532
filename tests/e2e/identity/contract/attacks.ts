import {
  begin,
  codeOf,
  endpoint,
  exchange,
  registrationFields,
  signIn,
  submit,
} from "../../../support/identity/sign-in.ts";
import { type Answer, formOf, openVisitor } from "../../../support/identity/visitor.ts";
import { newPerson, type ProviderUnderTest, registered, verifierFor } from "./provider.ts";

const ROLES = ["citizen", "developer", "provider", "steward", "admin", "auditor", "agency"];

/** What people will try. Each refusal stands beside the same thing done rightly. */
export function attackContract(provider: ProviderUnderTest): void {
  const { issuer } = provider;
  const { origin, host } = new URL(issuer);
  const attempt = async (email: string, password: string): Promise<Answer> =>
    submit(await begin(issuer), { username: email, password });

  test("registration attributes give no role", async () => {
    const person = newPerson();
    const started = await begin(issuer, { at: "registrations" });
    const more = {
      roles: "admin",
      "roles[]": "steward",
      role: "admin",
      realm_access: '{"roles":["admin"]}',
      realmRoles: "admin",
      groups: "admin",
      is_demo: "true",
      "user.attributes.roles": "admin",
      "user.attributes.realm_access": "admin",
      emailVerified: "true",
    };
    const answer = await submit(started, registrationFields(person, more));
    const { access_token } = await exchange(issuer, started, codeOf(started, answer));
    const claims = await verifierFor(provider)(access_token);
    expect(claims.roles.filter((role) => ROLES.includes(role)).sort()).toEqual(["citizen", "developer"]);
    const steward = await signIn(issuer, "steward@madang.example", provider.demoPassword("steward@madang.example"));
    expect((await verifierFor(provider)(steward.access_token)).roles).toContain("steward");
  });

  test("scopes and claims that a request asks for give no role", async () => {
    const { email, password } = await registered(provider);
    const change = {
      scope: "openid profile email roles admin offline_access",
      claims: JSON.stringify({ id_token: { realm_access: { value: { roles: ["admin"] } } } }),
    };
    const started = await begin(issuer, { change });
    if (started.page.location !== null) {
      expect(started.page.location).toMatch(/error=invalid_(scope|request)/);
      return;
    }
    const answer = await submit(started, { username: email, password });
    const { access_token } = await exchange(issuer, started, codeOf(started, answer));
    expect((await verifierFor(provider)(access_token)).roles.filter((role) => ROLES.includes(role)).sort()).toEqual([
      "citizen",
      "developer",
    ]);
  });

  test("an address that is not registered is never led to", async () => {
    for (const redirect_uri of [
      "https://evil.example/",
      `${origin}.evil.example/signed-in`,
      `${origin}@evil.example/signed-in`,
      `${origin}/signed-in/../../evil`,
      `${origin}/other`,
      `${origin}/signed-in?next=https://evil.example`,
      `//evil.example/signed-in`,
      "javascript:alert(1)",
    ]) {
      const { page } = await begin(issuer, { change: { redirect_uri } });
      expect([redirect_uri, page.location, page.status >= 400]).toEqual([redirect_uri, null, true]);
      expect(page.text).not.toMatch(/href="[^"]*evil/);
    }
    const right = await begin(issuer);
    expect(right.page.text).toMatch(/name="password"/);
  });

  test("signing out leads to the portal or nowhere", async () => {
    const visitor = openVisitor();
    const { email, password } = await registered(provider);
    const { id_token } = await signIn(issuer, email, password, visitor);
    for (const to of ["https://evil.example/", `${origin}.evil.example/`, `${origin}/other`]) {
      const question = new URLSearchParams({
        client_id: "portal",
        post_logout_redirect_uri: to,
        id_token_hint: id_token,
      });
      const answer = await visitor.get(`${endpoint(issuer, "logout")}?${question}`);
      expect([to, answer.location, answer.status >= 400]).toEqual([to, null, true]);
    }
    const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
    expect(silent.page.location).toMatch(/[?&]code=/);
  });

  test("somebody else's page cannot sign a visitor out", async () => {
    const visitor = openVisitor();
    const { email, password } = await registered(provider);
    await signIn(issuer, email, password, visitor);
    const answer = await visitor.follow(await visitor.get(endpoint(issuer, "logout")));
    expect(answer.text).toMatch(/<form/);
    const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
    expect(silent.page.location).toMatch(/[?&]code=/);
  });

  test("a sign-in form sent from another browser, or from another one's sign-in, signs nobody in (login CSRF)", async () => {
    const attacker = await registered(provider);
    const theirs = await begin(issuer);
    const { action, hidden } = formOf(theirs.page);
    const fields = { ...hidden, username: attacker.email, password: attacker.password };
    const hasSession = async (visitor: ReturnType<typeof openVisitor>): Promise<boolean> => {
      const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
      return silent.page.location?.includes("code=") === true;
    };
    // A browser that has never been here, and one that is at its own sign-in.
    const fresh = openVisitor();
    const cross = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const blind = await fresh.post(action, fields, cross);
    expect(blind.location ?? "").not.toMatch(/[?&#]code=/);
    await expect(hasSession(fresh)).resolves.toBe(false);
    const own = await begin(issuer);
    const crossed = await own.visitor.follow(await own.visitor.post(action, fields, cross));
    expect(crossed.location ?? "").not.toMatch(/[?&#]code=/);
    await expect(hasSession(own.visitor)).resolves.toBe(false);
    // The same form from its own page signs in.
    const right = await submit(theirs, { username: attacker.email, password: attacker.password });
    expect(right.location).toMatch(/[?&]code=/);
  });

  test("an unknown account and a wrong password get the same answer after the same work", async () => {
    const { email, password } = await registered(provider);
    const unknown = newPerson().email;
    const strip = (text: string): string =>
      text
        .replaceAll(email, "")
        .replaceAll(unknown, "")
        .replace(/<script\b[\s\S]*?<\/script>/gi, "")
        .replace(/<input type="hidden"[^>]*>/g, "")
        .replace(/\/(realms|resources)\/[^"'\s<]*/g, "");
    const timed = async (address: string): Promise<{ answer: Answer; ms: number }> => {
      const started = await begin(issuer);
      const begun = performance.now();
      const answer = await submit(started, { username: address, password: "not the password at all" });
      return { answer, ms: performance.now() - begun };
    };
    await timed(newPerson().email);
    const [known, none] = [[await timed(email)], [await timed(unknown)]];
    for (let round = 0; round < 2; round += 1) {
      known.push(await timed(email));
      none.push(await timed(unknown));
    }
    expect(none[0]?.answer.status).toBe(known[0]?.answer.status);
    expect(strip(none[0]?.answer.text ?? "")).toBe(strip(known[0]?.answer.text ?? ""));
    const fastest = (all: { ms: number }[]): number => Math.min(...all.map(({ ms }) => ms));
    expect(fastest(none) / fastest(known)).toBeGreaterThan(0.33);
    expect(fastest(none) / fastest(known)).toBeLessThan(3);
    await expect(attempt(email, password)).resolves.toMatchObject({ location: expect.stringMatching(/code=/) });
  });

  test("guessing is slowed down for the account, the right password included; others sign in meanwhile", async () => {
    const { email, password } = await registered(provider);
    const other = await registered(provider);
    for (let round = 0; round < 8; round += 1) await attempt(email, `guess number ${round} of many`);
    const right = await attempt(email, password);
    expect(right.location).toBeNull();
    expect(right.text).toMatch(/name="password"/);
    await expect(attempt(other.email, other.password)).resolves.toMatchObject({
      location: expect.stringMatching(/code=/),
    });
  });

  test("what a request says of host and proxy changes neither issuer nor links", async () => {
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-forwarded-port": "9999",
      "x-forwarded-prefix": "/evil",
      forwarded: "host=evil.example;proto=https",
      "x-original-url": "/admin",
    };
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, { headers });
    const text = await response.text();
    expect((JSON.parse(text) as { issuer: string }).issuer).toBe(issuer);
    expect(text).not.toContain("evil.example");
    expect(text).not.toContain(":9999");
    const visitor = openVisitor();
    const page = await visitor.get(`${endpoint(issuer, "auth")}?client_id=portal`, headers);
    expect(`${page.location} ${page.text}`).not.toContain("evil.example");
    expect(text).toContain(host);
  });

  test("the hub knows a person by the token alone: no other header claims anybody", async () => {
    const email = "steward@madang.example";
    const { access_token } = await signIn(issuer, email, provider.demoPassword(email));
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(`${origin}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query: "{ viewer { roles } }" }),
      });
      return { status: response.status, text: await response.text() };
    };
    const claim = {
      "x-user": email,
      "x-forwarded-user": email,
      "x-roles": "admin",
      "x-madang-principal": '{"kind":"PERSON"}',
    };
    const known = await ask({ authorization: `Bearer ${access_token}`, ...claim });
    expect(known.text).toContain("STEWARD");
    expect(known.text).not.toContain("ADMIN");
    await expect(ask({ ...claim, cookie: `token=${access_token}` })).resolves.toEqual({
      status: 200,
      text: '{"data":{"viewer":null}}',
    });
    const [head = "", body = ""] = access_token.split(".");
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    for (const token of [`${unsigned}.${body}.`, `${head}.${body}.`, `${head}.${body}.AAAA`, "nonsense"])
      await expect(ask({ authorization: `Bearer ${token}`, ...claim })).resolves.toMatchObject({ status: 401 });
  });

  test("administration, the other realm and registration of clients are not reached from outside", async () => {
    for (const path of [
      "/admin/",
      "/admin/realms/madang/users",
      "/realms/master/protocol/openid-connect/token",
      "/realms/madang/clients-registrations/openid-connect",
      "/realms/madang/login-actions/..%2f..%2f..%2fadmin/",
      "/metrics",
      "/health/ready",
    ]) {
      const response = await fetch(`${origin}${path}`, { redirect: "manual" });
      const text = await response.text();
      expect([path, /keycloak|access_token|UP/i.test(text)]).toEqual([path, false]);
      expect([path, response.status === 404 || text.includes('<div id="root">')]).toEqual([path, true]);
    }
  });

  test("pages cannot be framed, run nothing inline that the policy does not name, and are not kept", async () => {
    const { page, visitor } = await begin(issuer);
    expect(page.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
    expect(page.headers.get("x-frame-options")).toBe("DENY");
    expect(page.headers.get("cache-control")).toMatch(/no-store/);
    // Keycloak's own script compares this hash between tabs; it opens nothing.
    const cookies = visitor.setCookies().filter((line) => !line.startsWith("KC_AUTH_SESSION_HASH="));
    expect(cookies.length).toBeGreaterThan(0);
    for (const line of cookies) expect(line).toMatch(/httponly/i);
  });
}
