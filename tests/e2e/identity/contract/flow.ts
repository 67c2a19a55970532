import {
  askToken,
  begin,
  codeOf,
  endpoint,
  exchange,
  payloadOf,
  redirectOf,
  signIn,
  submit,
} from "../../../support/identity/sign-in.ts";
import { openVisitor } from "../../../support/identity/visitor.ts";
import { askAsClient, keySet, newPerson, type ProviderUnderTest, registered, verifierFor } from "./provider.ts";

const DEVELOPER = "developer@madang.example";

/** What a provider has to do so that people and machines get in. */
export function signInContract(provider: ProviderUnderTest): void {
  const { issuer } = provider;
  const developer = () => signIn(issuer, DEVELOPER, provider.demoPassword(DEVELOPER));

  test("discovery names the issuer, and endpoints below it alone", async () => {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`);
    const found = (await response.json()) as Record<string, string | string[]>;
    expect(found["issuer"]).toBe(issuer);
    for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"])
      expect([name, String(found[name]).startsWith(`${issuer}/protocol/openid-connect/`)]).toEqual([name, true]);
    expect(found["code_challenge_methods_supported"]).toContain("S256");
    const keys = await keySet(issuer);
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(["d", "k", "p", "q"].filter((name) => name in key)).toEqual([]);
  });

  test("code and PKCE lead to tokens that the hub accepts: issuer, audience, roles, name and five minutes", async () => {
    const tokens = await developer();
    const claims = await verifierFor(provider)(tokens.access_token);
    expect(claims).toMatchObject({ issuer, kind: "PERSON", client: "portal", email: DEVELOPER });
    expect(claims.name).toMatch(/데모/);
    expect(claims.roles).toEqual(expect.arrayContaining(["citizen", "developer"]));
    expect(claims.roles).not.toEqual(expect.arrayContaining(["steward"]));
    expect([payloadOf(tokens.access_token)["aud"]].flat()).toContain("madang-api");
    expect(claims.expiresAt - Date.now()).toBeLessThanOrEqual(301_000);
    expect(claims.expiresAt - Date.now()).toBeGreaterThan(240_000);
  });

  test("ID and refresh token open nothing in the hub", async () => {
    const tokens = await developer();
    for (const token of [tokens.id_token, tokens.refresh_token])
      await expect(verifierFor(provider)(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("a browser that is signed in gets a code without a page; one that is not is told so", async () => {
    const visitor = openVisitor();
    await signIn(issuer, DEVELOPER, provider.demoPassword(DEVELOPER), visitor);
    const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
    await expect(exchange(issuer, silent, codeOf(silent, silent.page))).resolves.toMatchObject({ expires_in: 300 });
    const stranger = await begin(issuer, { change: { prompt: "none" } });
    expect(stranger.page.location).toMatch(/error=login_required/);
  });

  test("without PKCE, with a plain challenge or another verifier there is no token", async () => {
    for (const change of [
      { code_challenge: null, code_challenge_method: null },
      { code_challenge: "A".repeat(43), code_challenge_method: "plain" },
    ]) {
      const { page } = await begin(issuer, { change });
      expect(page.text).not.toMatch(/name="password"/);
      expect(page.location).toMatch(/error=invalid_request/);
    }
    const attempt = await begin(issuer);
    const form = { username: DEVELOPER, password: provider.demoPassword(DEVELOPER) };
    const code = codeOf(attempt, await submit(attempt, form));
    const other = { ...attempt, verifier: "B".repeat(43) };
    await expect(exchange(issuer, other, code)).rejects.toThrow("invalid_grant");
  });

  test("a code is good once", async () => {
    const attempt = await begin(issuer);
    const form = { username: DEVELOPER, password: provider.demoPassword(DEVELOPER) };
    const code = codeOf(attempt, await submit(attempt, form));
    await exchange(issuer, attempt, code);
    await expect(exchange(issuer, attempt, code)).rejects.toThrow("invalid_grant");
  });

  test("registration makes an account with everybody's roles, which signs in with its e-mail in any case of letters", async () => {
    const { tokens, email, password } = await registered(provider);
    const claims = await verifierFor(provider)(tokens.access_token);
    expect(claims).toMatchObject({ kind: "PERSON", email });
    const again = await signIn(issuer, email.toUpperCase(), password);
    expect(payloadOf(again.access_token)["sub"]).toBe(claims.subject);
  });

  test("a weak password, two that differ, and a taken address are refused with words", async () => {
    const known = await registered(provider);
    const refused = async (change: Record<string, string>): Promise<string> => {
      const attempt = await begin(issuer, { at: "registrations" });
      const person = newPerson();
      const fields = { email: person.email, name: person.name, firstName: person.name };
      const both = { password: person.password, "password-confirm": person.password };
      const answer = await submit(attempt, { ...fields, ...both, ...change });
      expect(answer.location).toBeNull();
      return answer.text;
    };
    for (const change of [
      { password: "short", "password-confirm": "short" },
      { "password-confirm": "something else entirely" },
      { email: known.email },
      { email: "no address" },
    ])
      await expect(refused(change)).resolves.toMatch(/aria-invalid="true"/);
  });

  test("pages are in Korean and English", async () => {
    const korean = await begin(issuer, { change: { ui_locales: "ko" } });
    expect(korean.page.text).toMatch(/<html[^>]*lang="ko"/);
    expect(korean.page.text).toContain("비밀번호");
    const english = await begin(issuer, { change: { ui_locales: "en" } });
    expect(english.page.text).toMatch(/<html[^>]*lang="en"/);
    expect(english.page.text).toContain("Password");
  });

  test("the hub's client gets a token of its own, without roles and without a person", async () => {
    const { status, body } = await askAsClient(issuer, "hub", provider.clientSecret, {
      grant_type: "client_credentials",
    });
    expect(status).toBe(200);
    const claims = await verifierFor(provider)(body.access_token ?? "");
    expect(claims).toMatchObject({ kind: "CLIENT", client: "hub", roles: [] });
    expect(body.refresh_token).toBeUndefined();
  });

  test("a wrong secret, the portal without a person, and a password at the token endpoint are refused", async () => {
    const wrong = await askAsClient(issuer, "hub", "wrong".repeat(5), { grant_type: "client_credentials" });
    expect(wrong.status).toBe(401);
    const portal = await askToken(issuer, { grant_type: "client_credentials" });
    expect([portal.status, portal.body.access_token]).toEqual([expect.any(Number), undefined]);
    const password = { grant_type: "password", username: DEVELOPER, password: provider.demoPassword(DEVELOPER) };
    for (const { status, body } of [
      await askToken(issuer, password),
      await askAsClient(issuer, "hub", provider.clientSecret, password),
    ]) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body.access_token).toBeUndefined();
    }
  });

  test("signing out with the ID token leads home and ends the session", async () => {
    const visitor = openVisitor();
    const tokens = await signIn(issuer, DEVELOPER, provider.demoPassword(DEVELOPER), visitor);
    const question = new URLSearchParams({
      client_id: "portal",
      post_logout_redirect_uri: `${new URL(issuer).origin}/`,
      id_token_hint: tokens.id_token,
    });
    let answer = await visitor.follow(await visitor.get(`${endpoint(issuer, "logout")}?${question}`));
    // The embedded provider ends it by a form that its page sends on.
    if (answer.location === null) answer = await submit({ visitor, page: answer } as Parameters<typeof submit>[0], {});
    expect(answer.location).toBe(`${new URL(issuer).origin}/`);
    const refresh = await askToken(issuer, { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
    expect([refresh.status, refresh.body.error]).toEqual([400, "invalid_grant"]);
    const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
    expect(silent.page.location).toMatch(/error=login_required/);
  });

  test("redirects lead to the portal's own page", () => {
    expect(redirectOf(issuer)).toBe(`${new URL(issuer).origin}/signed-in`);
  });
}
