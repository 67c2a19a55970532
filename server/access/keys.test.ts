import { timingSafeEqual } from "node:crypto";
import { HubError } from "../../core/errors.ts";
import { checksumOf, makeKey } from "../../core/licence/key.ts";
import { createLog } from "../../runtime/log.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { keyCheck } from "./keys.ts";

const NOW = Date.parse("2026-11-27T09:00:00Z");
const { text, ...parts } = makeKey("live");
const row = {
  id: "7d5c2c1e-0000-4000-8000-000000000001",
  hash: parts.hash,
  environment: "live",
  organization: "bakery",
  licence: "licence",
  scopes: ["read:graph"],
  ipAllow: [] as string[],
  expiresAt: null as number | null,
  revokedAt: null as number | null,
  lastUsedOn: null as string | null,
};

/** A table of keys in place of the database, which notes what it is asked. */
function table(rows: Record<string, Partial<typeof row>> = { [parts.lookup]: {} }) {
  const asked: unknown[][] = [];
  const query = async ({ text: sql, values }: { text: string; values: unknown[] }) => {
    asked.push([sql.includes("key_used") ? "use" : "find", ...values]);
    const found = sql.includes("key_used") ? undefined : rows[String(values[0])];
    return { rows: found === undefined ? [] : [{ ...row, ...found }] };
  };
  return { hub: { query } as unknown as Queryable, asked };
}

const log = createLog("keys-test", "silent");
const check = (hub: Queryable, clock = () => NOW, version: () => number | null = () => 1) =>
  keyCheck(hub, { version, confirmed: async () => version() ?? Promise.reject(unconfirmed) }, clock, log);
const unconfirmed = new HubError("ACCESS_UNCONFIRMED");
const refusal = async (asked: Promise<unknown>) =>
  asked.then(
    () => "let in",
    (error: { code: string; detail: string }) => `${error.code} ${error.detail}`,
  );

/** The right beginning, a wrong secret, a right checksum: what somebody makes who has seen a key's first characters. */
function wrongSecret(): string {
  const other = makeKey("live");
  const head = other.text.replace(other.lookup, parts.lookup).slice(0, -6);
  return head + checksumOf(head);
}

describe("a key", () => {
  test("that is right is let in as what its row says", async () => {
    const { hub } = table();
    await expect(check(hub)(text, "192.0.2.1")).resolves.toEqual({
      kind: "KEY",
      key: row.id,
      organization: "bakery",
      licence: "licence",
      environment: "live",
      scopes: ["read:graph"],
      expiresAt: null,
    });
  });

  test("that is unknown and one with a wrong secret cost the same work and get the same words", async () => {
    const outcomes = [];
    for (const given of [makeKey("live").text, wrongSecret()]) {
      const { hub, asked } = table();
      const comparisons: number[][] = [];
      const ofKey = keyCheck(
        hub,
        { version: () => 1, confirmed: async () => 1 },
        () => NOW,
        log,
        (one, another) => {
          comparisons.push([one.length, another.length]);
          return timingSafeEqual(one, another);
        },
      );
      const words = [await refusal(ofKey(given, "192.0.2.1")), await refusal(ofKey(given, "192.0.2.1"))];
      outcomes.push({ words, looks: asked.length, comparisons });
    }
    const [unknown, wrong] = outcomes;
    expect(unknown).toEqual(wrong);
    // Neither is remembered: the second try costs what the first did.
    expect(unknown?.looks).toBe(2);
    expect(unknown?.comparisons).toEqual([
      [32, 32],
      [32, 32],
    ]);
    expect(unknown?.words[0]).toBe("UNAUTHENTICATED This key is not known.");
  });

  test("that is mistyped asks the database nothing", async () => {
    const { hub, asked } = table();
    expect(await refusal(check(hub)(`${text.slice(0, -1)}!`, "192.0.2.1"))).toMatch(/^UNAUTHENTICATED .*checksum/);
    expect(asked).toEqual([]);
  });

  test.each([
    ["revoked, even where the database's clock runs ahead", { revokedAt: NOW + 5_000 }, /revoked/],
    ["expired to the millisecond", { expiresAt: NOW }, /expired/],
    ["used from another network", { ipAllow: ["192.0.2.0/24", "2001:db8::/32"] }, /network/],
  ])("that is %s is refused", async (_what, change, words) => {
    const { hub } = table({ [parts.lookup]: change });
    expect(await refusal(check(hub)(text, "198.51.100.1"))).toMatch(words);
  });

  test("goes on until its end and within its networks", async () => {
    const { hub } = table({ [parts.lookup]: { expiresAt: NOW + 1, ipAllow: ["192.0.2.0/24"] } });
    expect(await refusal(check(hub)(text, "192.0.2.77"))).toBe("let in");
  });

  test("is looked up again at each new version of access; while none is confirmed one is let in as it was last", async () => {
    const { hub, asked } = table();
    let version: number | null = 1;
    const ofKey = check(
      hub,
      () => NOW,
      () => version,
    );
    const looks = async (): Promise<number> => {
      await ofKey(text, "192.0.2.1");
      return asked.filter(([what]) => what === "find").length;
    };
    expect([await looks(), await looks()]).toEqual([1, 1]);
    version = 2;
    expect([await looks(), await looks()]).toEqual([2, 2]);
    version = null;
    expect([await looks(), await looks()]).toEqual([2, 2]);
    expect(await refusal(ofKey(makeKey("live").text, "192.0.2.1"))).toMatch(/^ACCESS_UNCONFIRMED/);
  });

  test("has its use written once a day", async () => {
    const { hub, asked } = table();
    let clock = NOW;
    const ofKey = check(hub, () => clock);
    for (const hours of [0, 1, 14.9, 15, 16]) {
      clock = NOW + hours * 3_600_000;
      await ofKey(text, "192.0.2.1");
    }
    expect(asked.filter(([what]) => what === "use")).toEqual([
      ["use", row.id, "2026-11-27"],
      ["use", row.id, "2026-11-28"],
    ]);
  });
});
