import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseVerifier } from "../../../core/log/note.ts";
import { parseProof, verifyProof } from "../../../core/log/proof.ts";
import { opaqueId } from "../../../schema/opaque.ts";
import { makeCity, presence } from "../../support/city.ts";
import { scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";
import { demoToken } from "../../support/identity/sign-in.ts";
import { type Customer, licensed, sellOnly } from "../../support/licensed.ts";
import { until } from "../../support/wait.ts";
import { verifyLog } from "./verifier.ts";

const QUERY = `query ($licence: ID!, $seq: Int!) {
  verifyLicenceEvent(licence: $licence, seq: $seq) { state index leaf salt body proof } }`;
type Verified = { state: string; index: number; leaf: string; salt: string; body: string; proof: string } | null;

scenario("decisions on a licence in the log", (environment) => {
  const hub = openHub(environment);
  const { url } = environment;
  let customer: Customer;
  let auditor: string;
  beforeAll(async () => {
    const city = await makeCity(hub.hub, { timeZone: "UTC", ...presence() });
    const [plan] = Object.values(city.plans);
    await sellOnly(hub.hub, plan?.dataset ?? "");
    customer = await licensed(hub.hub, { dataset: plan?.dataset ?? "", quota: 1000 });
    await customer.act("REVOKE", "The purpose has ended.");
    auditor = await demoToken("auditor");
  }, 60_000);
  afterAll(() => hub.close());

  async function verify(seq: number, token: string | null): Promise<Verified> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: QUERY, variables: { licence: opaqueId("Licence", customer.licence), seq } }),
    });
    const { data, errors } = (await response.json()) as {
      data: { verifyLicenceEvent: Verified } | null;
      errors?: object[];
    };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data?.verifyLicenceEvent ?? null;
  }
  /** The seq of a transition of the licence. */
  async function seqOf(action: string): Promise<number> {
    const { rows } = await hub.hub.query<{ seq: number }>(
      "SELECT seq FROM market.licence_event WHERE licence = $1 AND action = $2",
      [customer.licence, action],
    );
    return rows[0]?.seq ?? -1;
  }
  const logged = (seq: number) =>
    until("the log", async () => {
      const found = await verify(seq, auditor);
      return found?.state === "LOGGED" && found;
    });
  const key = async () => (await (await fetch(`${url}/log/key`)).text()).trim();

  test.each([
    ["APPROVE", "GRANT"],
    ["REVOKE", "REVOCATION"],
  ])("%s is proved by its commitment, salt and body, also to a stranger", async (action, kind) => {
    const { leaf, salt, body, proof, index } = await logged(await seqOf(action));
    expect(JSON.parse(leaf)).toEqual({ kind, leaf: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(JSON.parse(body)).toMatchObject({ licence: customer.licence, action, organization: customer.organization });
    expect(verifyProof(proof, Buffer.from(leaf), parseVerifier(await key()))).toMatchObject({ index });
    expect(JSON.parse(parseProof(proof).extra?.toString() ?? "")).toEqual({ entry: leaf, salt, body });
    const python = process.env["PYTHON_PATH"];
    if (python === undefined) return void process.stderr.write("skipped: no Python, PYTHON_PATH is not set\n");
    const folder = mkdtempSync(join(tmpdir(), "stranger-"));
    try {
      const check = async (text: string) => {
        writeFileSync(join(folder, "licence.tlog-proof"), text);
        return verifyLog(python, [await key(), "--log", `${url}/log`, "licence.tlog-proof"], folder);
      };
      expect(await check(proof)).toMatchObject({ code: 0, output: expect.stringContaining(customer.licence) });
      const forged = JSON.stringify({ entry: leaf, salt, body: body.replace(action, "RESUME") });
      expect(
        await check(proof.replace(/^extra .*$/m, `extra ${Buffer.from(forged).toString("base64")}`)),
      ).toMatchObject({
        code: 1,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("is opened to those who check the market and to nobody else: by id it does not exist for them", async () => {
    const seq = await seqOf("APPROVE");
    expect(await logged(seq)).not.toBeNull();
    for (const token of [null, await demoToken("citizen"), await demoToken("developer")]) {
      expect(await verify(seq, token)).toBeNull();
    }
  });

  test("is opened to the members of the licence's organisation", async () => {
    const token = await demoToken("provider");
    const seq = await seqOf("APPROVE");
    expect(await verify(seq, token)).toBeNull();
    const { rows } = await hub.hub.query<{ person: string }>(
      "SELECT id AS person FROM market.person WHERE email = 'provider@madang.example'",
    );
    const person = rows[0]?.person;
    await hub.hub.query("INSERT INTO market.member (organization, person, role) VALUES ($1, $2, 'VIEWER')", [
      customer.organization,
      person,
    ]);
    try {
      expect(await verify(seq, token)).toMatchObject({ state: "LOGGED" });
    } finally {
      await hub.hub.query("UPDATE market.member SET left_at = now() WHERE organization = $1 AND person = $2", [
        customer.organization,
        person,
      ]);
    }
    expect(await verify(seq, token)).toBeNull();
  });

  test("tells the public neither who nor which licence, in no entry", async () => {
    await logged(await seqOf("REVOKE"));
    const { rows } = await hub.hub.query<{ entries: string }>(
      "SELECT string_agg(convert_from(entry, 'UTF8'), E'\\n') AS entries FROM open.log_entry",
    );
    const entries = rows[0]?.entries ?? "";
    expect(entries).toContain('"kind": "REVOCATION"');
    for (const secret of [customer.licence, customer.organization, customer.person, customer.steward]) {
      expect(entries).not.toContain(secret);
    }
  });

  test("a transition that the log does not tell has no proof", async () => {
    expect(await verify(await seqOf("REQUEST"), auditor)).toBeNull();
    expect(await verify(99, auditor)).toBeNull();
  });
});
