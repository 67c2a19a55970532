import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createAccounts } from "../../../server/identity/accounts.ts";
import { createSeal } from "../../../server/identity/seal.ts";
import { addSigningKey } from "../../../server/identity/signing-keys.ts";
import { openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { begin, demoPassword, payloadOf, submit } from "../../support/identity/sign-in.ts";
import { until } from "../../support/wait.ts";
import { attackContract } from "./contract/attacks.ts";
import { signInContract } from "./contract/flow.ts";
import { lifetimeContract } from "./contract/lifetime.ts";
import { keySet, newPerson, type ProviderUnderTest, registered } from "./contract/provider.ts";

scenario("the embedded provider keeps the contract of sign-in", (hub) => {
  const { home, url } = hub;
  const issuer = `${url}/realms/madang`;
  const secrets = JSON.parse(readFileSync(join(home, "secrets.json"), "utf8")) as {
    identity: { seal: string; client: string };
  };
  const databases = openDatabases(hub);
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

  signInContract(provider);
  lifetimeContract(provider);
  attackContract(provider);
});
