// The trail: who may read it, that it can be checked by a stranger, and what a spreadsheet makes of it.
import { createHash } from "node:crypto";
import { scenario } from "../../support/environment.ts";
import { act, ask, done, get, INVITE, organization, SANDBOX } from "./asking.ts";
import { type Account, type Door, openDoor } from "./door.ts";
import { asked, openShop } from "./shop.ts";

type Line = {
  number: number;
  previous: string;
  hash: string;
  text: string;
  personal: { salt: string; body: string } | null;
};
type Entry = { number: number; act: string; reason: string | null; after: string | null; actor: { name: string } };

const sha256 = (hex: string, text: string): string =>
  createHash("sha256").update(Buffer.from(hex, "hex")).update(text, "utf8").digest("hex");

scenario("the audit trail", (environment) => {
  let door: Door;
  let owner: Account;
  let auditor: Account;
  let bakery: string;
  let licence: { id: string; seq: number };

  const exported = (name: string, who: Account | null, method = "GET") =>
    fetch(`${door.url}/market/audit.${name}`, {
      method,
      headers: who === null ? {} : { authorization: `Bearer ${who.bearer}` },
    });

  beforeAll(async () => {
    door = await openDoor(environment);
    owner = await door.account("=HYPERLINK(A1)", "developer");
    auditor = await door.account("auditor", "auditor");
    const steward = await door.account("steward", "steward");
    bakery = await organization(door, owner);
    await done(door, owner, SANDBOX, { organization: bakery, name: "=1+1" });
    await done(door, owner, INVITE, { organization: bakery, email: "guest@madang.example", role: "VIEWER" });
    const waiting = await asked(door, owner, await openShop(door), bakery);
    licence = await act(door, steward, waiting, "REFUSE", { reason: "=cmd|' /C calc'!A0 is no purpose" });
  });
  afterAll(() => door?.close());

  test("names every act with who, what, when, why, before and after", async () => {
    const { nodes } = await get<{ nodes: Entry[] }>(
      door,
      auditor,
      `{ auditTrail(first: 10, subjectId: "${licence.id}") { nodes { number act reason before after actor { name } } } }`,
    );
    expect(nodes.map((entry) => [entry.act, entry.actor.name])).toEqual([
      ["LICENCE_REFUSE", "steward"],
      ["LICENCE_REQUEST", "=HYPERLINK(A1)"],
    ]);
    expect(nodes[0]).toMatchObject({
      reason: "=cmd|' /C calc'!A0 is no purpose",
      before: expect.stringContaining("REQUESTED"),
    });
    expect(JSON.parse(nodes[0]?.after ?? "{}")).toMatchObject({ state: "REFUSED" });
    const byAct = await get<{ nodes: Entry[] }>(
      door,
      auditor,
      '{ auditTrail(first: 3, acts: ["KEY_CREATED"]) { nodes { act } } }',
    );
    expect(new Set(byAct.nodes.map((entry) => entry.act))).toEqual(new Set(["KEY_CREATED"]));
  });

  test("is read by auditors and administrators alone, by no key, and only with Authorization", async () => {
    const admin = await door.account("admin", "admin");
    const steward = await door.account("steward", "steward");
    const { secret } = await done<{ secret: string }>(door, owner, SANDBOX, { organization: bakery, name: "k" });
    const statuses = async (who: Account | null) => (await exported("csv", who, "HEAD")).status;
    expect([await statuses(null), await statuses(owner), await statuses(steward)]).toEqual([401, 403, 403]);
    expect([await statuses({ ...owner, bearer: secret }), await statuses({ ...owner, bearer: "x" })]).toEqual([
      403, 401,
    ]);
    expect((await fetch(`${door.url}/market/audit.csv?access_token=${auditor.bearer}`)).status).toBe(401);
    expect([await statuses(auditor), await statuses(admin)]).toEqual([200, 200]);
    expect((await exported("xml", auditor)).status).toBe(404);
    expect((await exported("csv", auditor, "POST")).status).toBe(405);
  });

  test("can be checked from its export alone, and a changed word shows", async () => {
    const response = await exported("jsonl", auditor);
    expect(response.headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
    const lines = (await response.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    const faults = (entries: readonly Line[]) =>
      entries.filter(({ previous, hash, text, personal }, nth) => {
        const committed = (JSON.parse(text) as { personalSha256: string | null }).personalSha256;
        return (
          sha256(previous, text) !== hash ||
          (nth > 0 && entries[nth - 1]?.hash !== previous) ||
          (personal !== null && sha256(personal.salt, personal.body) !== committed)
        );
      }).length;
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.some(({ personal }) => personal?.body.includes("guest@madang.example"))).toBe(true);
    expect(faults(lines)).toBe(0);
    const at = lines.findIndex(({ text }) => text.includes("LICENCE_REFUSE"));
    const bent = lines.map((line, nth) =>
      nth === at ? { ...line, text: line.text.replace("LICENCE_REFUSE", "LICENCE_APPROVE") } : line,
    );
    expect(faults(bent)).toBe(1);
    expect(faults(lines.filter((_, nth) => nth !== at))).toBe(1);
    const verified = await get<{ ok: boolean; entries: number; head: string }>(
      door,
      auditor,
      "{ auditVerified { ok entries head } }",
    );
    expect(verified.ok).toBe(true);
    expect(verified.entries).toBeGreaterThanOrEqual(lines.length);
  });

  test("gives a spreadsheet no formula to run", async () => {
    const response = await exported("csv", auditor);
    expect(response.headers.get("content-type")).toMatch(/^text\/csv/);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit.csv"');
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const text = await response.text();
    const cells = text.split("\n").flatMap((row) => row.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []);
    expect(cells.filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([]);
    expect(text).toContain("'=HYPERLINK(A1)");
    expect(text).toContain("'=cmd|");
    // The same beside it in JSON, where it is only a text.
    expect(
      (await ask(door, auditor, `{ auditTrail(first: 1, acts: ["LICENCE_REFUSE"]) { nodes { reason } } }`)).text,
    ).toContain('"=cmd|');
  });
});
