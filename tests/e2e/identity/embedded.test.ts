import { readFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { statement } from "../../../runtime/sql.ts";
import { createAccounts } from "../../../server/identity/accounts.ts";
import { createSeal } from "../../../server/identity/seal.ts";
import { addSigningKey } from "../../../server/identity/signing-keys.ts";
import { scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";
import { askToken, begin, demoPassword, payloadOf, signIn, submit } from "../../support/identity/sign-in.ts";
import { openVisitor } from "../../support/identity/visitor.ts";
import { until } from "../../support/wait.ts";
import { attackContract } from "./contract/attacks.ts";
import { signInContract } from "./contract/flow.ts";
import { lifetimeContract } from "./contract/lifetime.ts";
import { keySet, newPerson, type ProviderUnderTest, registered } from "./contract/provider.ts";

/** Asks as a browser does when a person goes somewhere; fetch may not say so. @returns status and Location */
const navigate = (url: string) =>
  new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
    get(url, { headers: { "sec-fetch-mode": "navigate" } }, (answer) => {
      answer.resume();
      resolve([answer.statusCode, answer.headers.location]);
    }).on("error", reject);
  });

scenario("the embedded provider keeps the contract of sign-in", (environment) => {
  const { home, url } = environment;
  const issuer = `${url}/realms/madang`;
  const secrets = JSON.parse(readFileSync(join(home, "secrets.json"), "utf8")) as {
    identity: { seal: string; client: string };
  };
  const databases = openHub(environment);
  afterAll(() => databases.close());
  const provider: ProviderUnderTest = {
    title: "embedded",
    issuer,
    clientSecret: secrets.identity.client,
    demoPassword: (email) => demoPassword(home, email),
    async rotate() {
      const kid = await addSigningKey(databases.hub, createSeal(secrets.identity.seal), {
        announced: 0,
        ifOlder: null,
      });
      await until("the new key is shown", async () => (await keySet(issuer)).some((key) => key["kid"] === kid), {
        limitMs: 15_000,
      });
    },
    async endSessions() {
      await databases.hub.query("DELETE FROM identity.stored WHERE model = 'Session'");
    },
  };

  test("demo accounts are let in on loopback alone, and no earlier session of theirs goes on elsewhere", async () => {
    const email = "steward@madang.example";
    const here = await createAccounts(databases.hub, true).signIn(email, demoPassword(home, email));
    expect(here?.roles).toContain("steward");
    const elsewhere = createAccounts(databases.hub, false);
    await expect(elsewhere.signIn(email, demoPassword(home, email))).resolves.toBeNull();
    await expect(elsewhere.byId(here?.id ?? "")).resolves.toBeNull();
    const person = await registered(provider);
    await expect(elsewhere.signIn(person.email, person.password)).resolves.toMatchObject({ email: person.email });
  });

  test("what is stored of sessions and tokens cannot be read without the hub's secret", async () => {
    const { email, tokens } = await registered(provider);
    const opaque = tokens.refresh_token.split(".").at(-1) ?? "";
    const { rows } = await databases.hub.query<{ model: string; id: string; payload: string }>(
      "SELECT model, encode(id, 'escape') AS id, encode(payload, 'escape') AS payload FROM identity.stored",
    );
    expect(rows.map(({ model }) => model)).toEqual(expect.arrayContaining(["Session", "RefreshToken", "Grant"]));
    const { sub } = payloadOf(tokens.access_token);
    for (const secret of [opaque, String(sub), email, "accountId"])
      expect([secret, rows.some(({ id, payload }) => `${id} ${payload}`.includes(secret))]).toEqual([secret, false]);
    const keys = await databases.hub.query(
      "SELECT 1 FROM identity.signing_key WHERE encode(private_key, 'escape') ~ '\"d\"'",
    );
    expect(keys.rowCount).toBe(0);
  });

  test("an unknown account is made to wait like one that exists", async () => {
    const { email } = newPerson();
    const statuses: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const answer = await submit(await begin(issuer), { username: email, password: "not the password at all" });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429]);
  });

  const viewer = async (token: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: "{ viewer { roles } }" }),
    });
    return { status: response.status, text: await response.text() };
  };

  test("while the provider is away, tokens go on being good and signing in says that it is away", async () => {
    const { tokens, email, password } = await registered(provider);
    await expect(viewer(tokens.access_token)).resolves.toMatchObject({ status: 200 });
    await databases.processes.stop("identity");
    try {
      const known = await viewer(tokens.access_token);
      expect(known).toMatchObject({ status: 200, text: expect.stringContaining("DEVELOPER") });
      const program = await fetch(`${issuer}/protocol/openid-connect/certs`);
      expect([program.status, program.headers.get("retry-after")]).toEqual([503, "5"]);
      await expect(navigate(`${issuer}/protocol/openid-connect/auth`)).resolves.toEqual([
        303,
        "/signed-in?unavailable",
      ]);
    } finally {
      await databases.processes.start("identity");
      await databases.processes.ready();
    }
    await expect(signIn(issuer, email, password)).resolves.toBeDefined();
  });

  test("sessions and refresh tokens outlive the provider's sudden death", async () => {
    const visitor = openVisitor();
    const { email, password } = await registered(provider);
    const tokens = await signIn(issuer, email, password, visitor);
    await databases.processes.kill("identity");
    await databases.processes.ready();
    const form = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
    await expect(askToken(issuer, form)).resolves.toMatchObject({ status: 200 });
    const silent = await begin(issuer, { visitor, change: { prompt: "none" } });
    expect(silent.page.location).toMatch(/[?&]code=/);
  });

  test("who is erased from the market has no account any more, and others keep theirs", async () => {
    const gone = await registered(provider);
    const stays = await registered(provider);
    for (const { tokens } of [gone, stays]) await viewer(tokens.access_token);
    const { rows } = await databases.hub.query<{ id: string }>("SELECT id FROM market.person WHERE email = $1", [
      gone.email,
    ]);
    await databases.hub.query("SELECT market.erase_person($1)", [rows[0]?.id]);
    await expect(signIn(issuer, gone.email, gone.password)).rejects.toThrow("no code");
    const form = { grant_type: "refresh_token", refresh_token: gone.tokens.refresh_token };
    await expect(askToken(issuer, form)).resolves.toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    await expect(signIn(issuer, stays.email, stays.password)).resolves.toBeDefined();
  });

  test("an address is proved by the operator's word alone, and the next token says so", async () => {
    const { tokens, email } = await registered(provider);
    expect(payloadOf(tokens.access_token)["email_verified"]).toBe(false);
    const set = statement(new URL("../../../server/identity/sql/set-verified.sql", import.meta.url));
    await databases.hub.query({ ...set, values: [email] });
    const { body } = await askToken(issuer, { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
    expect(payloadOf(body.access_token)["email_verified"]).toBe(true);
  });

  signInContract(provider);
  lifetimeContract(provider);
  attackContract(provider);

  test("after all this the log names nobody", () => {
    const log = readFileSync(join(home, "logs/identity.log"), "utf8");
    expect(log).toContain("identity.keys_changed");
    expect(log).not.toMatch(/@madang\.example|127\.0\.0\.1/);
  });
});
