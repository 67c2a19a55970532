import { setTimeout as sleep } from "node:timers/promises";
import { decodeProtectedHeader } from "jose";
import { askToken, begin, signIn, type Tokens } from "../../../support/identity/sign-in.ts";
import { openVisitor } from "../../../support/identity/visitor.ts";
import { keySet, type ProviderUnderTest, registered, verifierFor } from "./provider.ts";

/** How long what a provider gives is good: refresh, end of session, change of keys. */
export function lifetimeContract(provider: ProviderUnderTest): void {
  const { issuer } = provider;
  const refresh = (tokens: Tokens) =>
    askToken(issuer, { grant_type: "refresh_token", refresh_token: tokens.refresh_token });

  test("a refresh token is renewed with each use, and its first form is refused from then on", async () => {
    const { tokens } = await registered(provider);
    // Keycloak knows the order of tokens by whole seconds.
    await sleep(1_100);
    const renewed = await refresh(tokens);
    expect(renewed.status).toBe(200);
    expect(renewed.body.refresh_token).not.toBe(tokens.refresh_token);
    await expect(verifierFor(provider)(renewed.body.access_token)).resolves.toMatchObject({ kind: "PERSON" });
    await expect(refresh(renewed.body)).resolves.toMatchObject({ status: 200 });
    await expect(refresh(tokens)).resolves.toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("of two uses of a refresh token at once at most one is answered with tokens", async () => {
    const { tokens } = await registered(provider);
    const answers = await Promise.all([refresh(tokens), refresh(tokens), refresh(tokens)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  });

  test("two tabs of one browser have refresh tokens of their own", async () => {
    const { email, password } = await registered(provider);
    const visitor = openVisitor();
    const first = await signIn(issuer, email, password, visitor);
    const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
    expect(silent.page.location).toMatch(/[?&]code=/);
    const renewed = await refresh(first);
    expect(renewed.status).toBe(200);
    await expect(refresh(renewed.body)).resolves.toMatchObject({ status: 200 });
  });

  test("when a session ends, nothing is renewed and nobody is signed in silently", async () => {
    const { email, password } = await registered(provider);
    const visitor = openVisitor();
    const tokens = await signIn(issuer, email, password, visitor);
    const control = await refresh(tokens);
    expect(control.status).toBe(200);
    await provider.endSessions(email);
    await expect(refresh(control.body)).resolves.toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
    expect(silent.page.location).toMatch(/error=login_required/);
    await expect(signIn(issuer, email, password, visitor)).resolves.toBeDefined();
  });

  test("a new signing key overlaps with the old one: tokens of both are accepted by who knew the old one", async () => {
    const verify = verifierFor(provider, { cooldownMs: 0 });
    const { tokens, email, password } = await registered(provider);
    const before = decodeProtectedHeader(tokens.access_token).kid;
    await verify(tokens.access_token);
    await provider.rotate();
    const { access_token } = await signIn(issuer, email, password);
    const after = decodeProtectedHeader(access_token).kid;
    expect(after).not.toBe(before);
    const shown = (await keySet(issuer)).map(({ kid }) => kid);
    expect(shown).toEqual(expect.arrayContaining([before, after]));
    await expect(verify(access_token)).resolves.toMatchObject({ email });
    await expect(verify(tokens.access_token)).resolves.toMatchObject({ email });
    // Sessions outlive the change.
    await expect(refresh(tokens)).resolves.toMatchObject({ status: 200 });
  });
}
