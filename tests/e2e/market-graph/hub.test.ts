// The running hub itself, with people who sign in at its own provider: from an account to licensed values and their end.
import { randomUUID } from "node:crypto";
import { scenario } from "../../support/environment.ts";
import { demoToken, signUp } from "../../support/identity/sign-in.ts";
import { until } from "../../support/wait.ts";
import { act, ask, done, get, KEY, type Licence, organization, REQUEST, SANDBOX } from "./asking.ts";

const HOUR = 3_600_000;
const FREIGHT = `query ($period: PeriodInput!, $step: Duration, $places: [String!]!) { dataset(slug: "sangmu-freight") {
  series(period: $period, step: $step, area: { places: $places }) { step columns { start value } } } }`;

scenario("a start-up at the running hub", ({ url }) => {
  const door = { url };
  const account = (bearer: string, name: string) => ({ bearer, name, email: "", subject: "" });
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  const period = { from: new Date(to - 6 * HOUR).toISOString(), to: new Date(to).toISOString() };
  const freight = (key: string | null, step: string | null, places: readonly string[] = ["central-avenue-1"]) =>
    ask(door, key, FREIGHT, { period, step, places });
  const codeOf = async (answer: ReturnType<typeof freight>) => (await answer).errors[0]?.extensions.code ?? "ANSWERED";

  test("signs up, tries a sandbox, asks, uses what was granted within its bounds, and loses it within a second", async () => {
    const issuer = process.env["IDENTITY_ISSUER"] ?? "";
    const mail = { email: `bakery-${randomUUID()}@madang.example`, name: "Bakery", password: `${randomUUID()}Aa1!` };
    const owner = account((await signUp(issuer, mail)).access_token, "owner");
    const steward = account(await demoToken("steward"), "steward");
    const shop = await organization(door, owner);
    expect(await codeOf(freight(null, null))).not.toBe("ANSWERED");
    const sandbox = await done<{ secret: string }>(door, owner, SANDBOX, { organization: shop, name: "first" });
    expect(await codeOf(freight(sandbox.secret, "PT1H"))).toBe("ANSWERED");
    expect(await codeOf(freight(sandbox.secret, "PT15M"))).not.toBe("ANSWERED");

    const { nodes } = await get<{ nodes: { id: string }[] }>(
      door,
      null,
      '{ offers(first: 1, dataset: "sangmu-freight", tier: LICENSED) { nodes { id } } }',
    );
    const day = (after: number) => new Date(Date.now() + after * 24 * HOUR).toISOString().slice(0, 10);
    const input = {
      offer: nodes[0]?.id,
      organization: shop,
      purpose: "RESEARCH",
      purposeText: "To bring bread when few lorries are in the way.",
      area: ["central-avenue-1"],
      from: day(-2),
      to: day(30),
      quota: 20_000,
    };
    let { licence } = await done<{ licence: Licence }>(door, owner, REQUEST, { input });
    licence = await act(door, steward, licence, "ASK", { message: "For how long?" });
    licence = await act(door, owner, licence, "ANSWER", { message: "For a month." });
    licence = await act(door, steward, licence, "APPROVE");
    licence = await act(door, owner, licence, "ACTIVATE");
    const key = await done<{ secret: string }>(door, owner, KEY, {
      input: { licence: licence.id, name: "production" },
    });
    const answer = await freight(key.secret, "PT15M");
    expect(answer.errors).toEqual([]);
    expect(answer.text).toContain('"step":"PT15M"');
    expect(await codeOf(freight(key.secret, "PT15M", ["central-avenue-2"]))).toBe("LICENCE_SCOPE");
    const usage = `{ licence(id: "${licence.id}") { usage { used byDay { units } } keys { lastUsedOn } } }`;
    const seen = await get<{ usage: { used: number } }>(door, owner, usage);
    expect(seen.usage.used).toBeGreaterThan(0);

    await act(door, steward, licence, "REVOKE", { reason: "The test of the hub is over." });
    const revokedAt = performance.now();
    await until("the key is refused", async () => (await codeOf(freight(key.secret, "PT15M"))) !== "ANSWERED", {
      limitMs: 5_000,
    });
    expect(performance.now() - revokedAt).toBeLessThan(1_000);
  });
});
