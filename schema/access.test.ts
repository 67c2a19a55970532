import { HubError } from "../core/errors.ts";
import type { Entitlement, TierView } from "../core/licence/entitlement.ts";
import { ANONYMOUS, type Principal } from "../core/licence/principal.ts";
import { type Access, mayReadWhole, NO_LICENCES, requireReadable, scopesOf, showing } from "./access.ts";
import type { Context } from "./context.ts";

const NOW = Date.parse("2026-11-27T09:00:00Z");
const HOUR = 3_600_000;
const view = (tier: TierView["tier"]): TierView => ({ tier, finestStep: null, delaySeconds: 0 });
const facts = (dataset: string, tierViews: TierView[], more: object = {}) => ({
  dataset,
  city: "city",
  kind: "NOISED",
  statistic: "PRESENCE",
  step: "PT1H",
  isSynthetic: true,
  tierViews,
  ...more,
});
const DATASETS = [
  facts("open", [view("OPEN")]),
  facts("real", [view("OPEN")], { isSynthetic: false }),
  facts("sold", [view("LICENSED")]),
  facts("closed", []),
];
const entitlement: Entitlement = {
  licence: "licence",
  organization: "bakery",
  dataset: "sold",
  tier: "LICENSED",
  state: "ACTIVE",
  area: ["a"],
  validFrom: "2026-11-20",
  validTo: "2026-11-30",
  step: null,
  purpose: "RESEARCH",
  quota: 100n,
  timeZone: "Asia/Seoul",
};
const person = (expiresAt = NOW + HOUR): Principal => ({
  kind: "PERSON",
  person: "one",
  roles: [],
  memberships: [{ organization: "bakery", role: "OWNER" }],
  expiresAt,
});
const sandbox: Principal = {
  kind: "KEY",
  key: "1",
  organization: "bakery",
  licence: null,
  environment: "test",
  scopes: [],
  expiresAt: null,
};

/** The catalogue in place of the database, which counts how often it is looked up. */
function world(principal: Principal, access: Partial<Access> = {}, datasets: object[] = DATASETS) {
  const seen = { looks: 0, licences: 0, opened: [] as string[] };
  const hub = {
    query: async () => {
      seen.looks += 1;
      return { rows: datasets };
    },
  } as unknown as Context["hub"];
  const known: Access = {
    ...NO_LICENCES,
    version: () => 1,
    entitlements: async () => {
      seen.licences += 1;
      return [entitlement];
    },
    opened: async (licence) => void seen.opened.push(licence),
    ...access,
  };
  return { context: { hub, now: () => NOW, principal, access: known } satisfies Context, seen };
}
const unconfirmed = { version: () => null, entitlements: () => Promise.reject(new HubError("ACCESS_UNCONFIRMED")) };
const asked = (dataset: string, area: string[] | null = null) => ({
  dataset,
  area,
  period: { from: NOW - 2 * HOUR, to: NOW - HOUR },
  step: null,
});
const told = async (context: Context, dataset: string, area: string[] | null = null): Promise<string> =>
  requireReadable(context, asked(dataset, area)).then(
    ({ licence }) => licence ?? "free",
    (error: HubError) => error.code,
  );

describe("a question about released values", () => {
  test("that is open to everyone is answered without a look at licences, whoever asks", async () => {
    for (const principal of [ANONYMOUS, person()]) {
      const { context, seen } = world(principal);
      expect(await told(context, "open")).toBe("free");
      expect(seen).toMatchObject({ licences: 0, opened: [] });
    }
  });

  test("that needs a licence names it and opens its bill; nobody, and another dataset, are refused", async () => {
    const { context, seen } = world(person());
    expect(await told(context, "sold", ["a"])).toBe("licence");
    expect(seen.opened).toEqual(["licence"]);
    expect(await told(context, "sold", ["b"])).toBe("LICENCE_SCOPE");
    expect(await told(context, "closed")).toBe("FORBIDDEN");
    expect(await told(context, "of nobody's catalogue")).toBe("FORBIDDEN");
    expect(await told(world(ANONYMOUS).context, "sold", ["a"])).toBe("LICENCE_REQUIRED");
  });

  test("about a digest is answered to who may read the whole release alone, and is not billed", async () => {
    const past = { from: NOW - 2 * HOUR, to: NOW - HOUR };
    const whole = (principal: Principal, more: Partial<Entitlement> = {}) => {
      const { context, seen } = world(principal, { entitlements: async () => [{ ...entitlement, ...more }] });
      return { open: mayReadWhole(context, "open", past), sold: mayReadWhole(context, "sold", past), seen };
    };
    const anyone = whole(ANONYMOUS);
    expect([await anyone.open, await anyone.sold]).toEqual([true, false]);
    const licensee = whole(person(), { area: null });
    expect([await licensee.open, await licensee.sold, licensee.seen.opened]).toEqual([true, true, []]);
    for (const less of [
      { area: ["a"] },
      { area: null, step: "P1D" as const },
      { area: null, validFrom: "2026-11-28" },
    ]) {
      expect(await whole(person(), less).sold).toBe(false);
    }
  });

  test("is refused to the moment a login or key ends, also while a download runs", async () => {
    expect(await told(world(person(NOW + 1)).context, "sold", ["a"])).toBe("licence");
    expect(await told(world(person(NOW)).context, "sold", ["a"])).toBe("UNAUTHENTICATED");
  });

  test("rests while access cannot be confirmed when it needs a licence, and goes on when it is open", async () => {
    const { context } = world(person(), unconfirmed);
    expect([await told(context, "sold", ["a"]), await told(context, "open")]).toEqual(["ACCESS_UNCONFIRMED", "free"]);
  });

  test("of a sandbox key is answered of synthetic data alone, open or not", async () => {
    const { context } = world(sandbox);
    expect([await told(context, "open"), await told(context, "real"), await told(context, "sold", ["a"])]).toEqual([
      "free",
      "LICENCE_REQUIRED",
      "LICENCE_REQUIRED",
    ]);
  });

  test("is decided by views as they are: remembered for one version of access, and only while it is confirmed", async () => {
    let version: number | null = 1;
    const datasets = [facts("open", [view("OPEN")])];
    const { context, seen } = world(ANONYMOUS, { version: () => version }, datasets);
    await told(context, "open");
    await told(context, "open");
    expect(seen.looks).toBe(1);
    datasets[0] = facts("open", []);
    version = 2;
    expect(await told(context, "open")).toBe("FORBIDDEN");
    expect(seen.looks).toBe(2);
    version = null;
    datasets[0] = facts("open", [view("OPEN")]);
    expect(await told(context, "open")).toBe("free");
    expect(seen.looks).toBe(3);
  });
});

describe("a list", () => {
  test("shows of each dataset the parts that may be read, and names those that are not whole", async () => {
    const { parts, limited } = await scopesOf(world(person()).context, () => true);
    expect(parts.map(({ dataset, licence, area }) => [dataset, licence, area === null ? null : [...area]])).toEqual([
      ["open", null, null],
      ["real", null, null],
      ["sold", "licence", ["a"]],
    ]);
    expect(limited.map(({ dataset, refusal }) => [dataset, refusal.code])).toEqual([
      ["sold", "LICENCE_SCOPE"],
      ["closed", "FORBIDDEN"],
    ]);
    const shows = (place: string, at: number) => showing(parts, "sold", place, at, at + HOUR) !== null;
    const [first, last] = [Date.parse("2026-11-20T00:00:00+09:00"), Date.parse("2026-12-01T00:00:00+09:00") - HOUR];
    expect([shows("a", first), shows("a", last), shows("b", first)]).toEqual([true, true, false]);
    expect([shows("a", first - 1), shows("a", last + 1)]).toEqual([false, false]);
  });

  test("goes on without licensed parts while access cannot be confirmed, and says so", async () => {
    const { parts, limited } = await scopesOf(world(person(), unconfirmed).context, () => true);
    expect(parts.map(({ dataset }) => dataset)).toEqual(["open", "real"]);
    expect(limited.find(({ dataset }) => dataset === "sold")?.refusal.code).toBe("ACCESS_UNCONFIRMED");
  });
});
