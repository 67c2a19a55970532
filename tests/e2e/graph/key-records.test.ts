import { type Head, headOf, type KeyEvent, type KeyRecord, verifyChain } from "../../../core/privacy/key-record.ts";
import { storeRecords } from "../../../workers/background/records.ts";
import { makeCity, presence } from "../../support/city.ts";
import { scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";
import { makeChain } from "../../support/key-chain.ts";
import { until } from "../../support/wait.ts";
import { data } from "./ask.ts";

const QUERY = `query ($keyring: String, $after: String) { keyRecords(keyring: $keyring, first: 2, after: $after) {
  nodes { keyring number at kind populationNumber day confirmed expired publicKey previous signature }
  pageInfo { hasNextPage endCursor } } }`;
type Node = Record<string, string | number | null>;
type Page = { keyRecords: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };

/** A record of the graph as it was signed. */
function signed({ populationNumber, at, ...rest }: Node): KeyRecord {
  const fields = { ...rest, population: populationNumber, at: new Date(String(at)).toISOString() };
  return Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== null)) as unknown as KeyRecord;
}

scenario("the keyring's records in the graph", (environment) => {
  const hub = openHub(environment);
  afterAll(() => hub.close());

  test("are read by anybody, checked without the hub, and tied to leaves of the log", async () => {
    const city = await makeCity(hub.hub, { timeZone: "UTC", ...presence() });
    const of = { population: city.population, day: "2026-03-01" };
    const at = "2026-03-02T07:00:00.000Z";
    const told = makeChain(at, [
      { at, kind: "KEY_CREATED", ...of },
      { at, kind: "KEY_DESTROYED", ...of },
      { at, kind: "KEY_ERASED", ...of, confirmed: 1, expired: 0 },
    ]);
    await storeRecords(hub.hub, async (since) => told.slice(since), 0);
    const keyring = told[0]?.keyring ?? "";

    const nodes: Node[] = [];
    for (let after: string | null = null; ; ) {
      const page: Page = await data<Page>(hub.url, QUERY, { keyring, after });
      nodes.push(...page.keyRecords.nodes);
      if (!page.keyRecords.pageInfo.hasNextPage) break;
      after = page.keyRecords.pageInfo.endCursor;
    }
    const heads = await until("both leaves are in the log", async () => {
      const { logLeaves } = await data<{ logLeaves: { nodes: { kind: string; body: string }[] } }>(
        hub.url,
        "{ logLeaves(first: 100) { nodes { kind body } } }",
      );
      const found = logLeaves.nodes
        .filter(({ kind }) => ["KEY_DESTROYED", "SIGNING_KEY"].includes(kind))
        .map(({ body }) => JSON.parse(body) as Head & { keyring: string })
        .filter((head) => head.keyring === keyring);
      return found.length >= 2 && found;
    });
    expect(heads).toHaveLength(2);
    const firstPublicKey = Buffer.from(told[0]?.kind === "SIGNING_KEY" ? told[0].publicKey : "", "base64");
    const last = told.at(-1);
    if (last === undefined) throw new Error("nothing was told");
    expect(verifyChain(nodes.map(signed), { firstPublicKey, heads })).toMatchObject(headOf(last));
    const withoutDestruction = nodes.filter(({ kind }) => kind === "KEY_CREATED" || kind === "SIGNING_KEY");
    expect(() => verifyChain(withoutDestruction.map(signed), { heads })).toThrow("missing");

    const budget = await data<{ budget: { keysDestroyed: Node | null } }>(
      hub.url,
      'query ($population: String!) { budget(population: $population, day: "2026-03-01") { keysDestroyed { number population } } }',
      { population: city.slug },
    );
    expect(budget.budget.keysDestroyed).toEqual({ number: 3, population: city.slug });
  }, 30_000);

  test("show from their full hour on, and not before (rule P12)", async () => {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const event: KeyEvent = { at, kind: "KEY_CREATED", population: 999_999, day: "2026-03-01" };
    const told = makeChain(at, [event]);
    await storeRecords(hub.hub, async (since) => told.slice(since), 0);
    const page = await data<Page>(hub.url, QUERY, { keyring: told[0]?.keyring, after: null });
    expect(page.keyRecords.nodes).toEqual([]);
  });
});
