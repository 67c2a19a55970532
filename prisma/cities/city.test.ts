import { readdirSync, readFileSync } from "node:fs";
import { areaM2 } from "../../core/geo/area.ts";
import { cell } from "../../core/geo/cell.ts";
import { inBox } from "../../core/geo/contains.ts";
import type { Area } from "../../core/geo/shape.ts";
import { loadCity, parseCity, partitionsOf } from "./city.ts";
import { backfillId, historyOf } from "./history.ts";
import { snapPointsOf } from "./sample-snap-points.ts";

const NAMES = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -5));
const raw = () => JSON.parse(readFileSync(new URL("./sangmu.json", import.meta.url), "utf8"));

describe.each(NAMES)("the city configuration %s", (name) => {
  const config = loadCity(name);

  test("has every place inside its bounds", () => {
    for (const zone of config.zones) expect([zone.slug, inBox(zone.centre, config.bounds)]).toEqual([zone.slug, true]);
  });

  test("names every dataset and place in Korean and English", () => {
    for (const { titleKo, titleEn, descriptionKo, descriptionEn } of config.datasets) {
      expect(titleKo).toMatch(/[가-힣]/);
      expect(descriptionKo).toMatch(/[가-힣]/);
      expect(`${titleEn}${descriptionEn}`).not.toMatch(/[가-힣]/);
    }
    for (const zone of config.zones) expect(zone.nameKo).toMatch(/[가-힣]/);
  });

  test("has no id that another city uses", () => {
    const ids = (of: string): string[] => {
      const { datasets, feeds, devices, populations, organizations } = loadCity(of);
      return [
        ...[...datasets, ...feeds, ...devices].map((one) => one.id),
        ...[...populations, ...organizations].map((one) => one.slug),
      ];
    };
    const own = new Set(ids(name));
    for (const other of NAMES.filter((one) => one !== name)) expect(ids(other).filter((id) => own.has(id))).toEqual([]);
  });
});

describe("the sample city", () => {
  const config = loadCity("sangmu");

  test("says the public area of its places as their outlines have it", () => {
    for (const zone of config.zones.filter((one) => one.areaM2 !== null && one.geometry.type === "Polygon")) {
      const error = Math.abs(areaM2(zone.geometry as Area) / (zone.areaM2 ?? 1) - 1);
      expect([zone.slug, error < 0.01]).toEqual([zone.slug, true]);
    }
  });

  test("has the centre of each cell in that cell", () => {
    for (const zone of config.zones.filter((one) => one.kind === "CELL")) {
      expect(cell(zone.centre[0], zone.centre[1], 9)).toBe(zone.h3);
    }
  });

  test("has one watching device for every cell of a plan that asks for one", () => {
    const plans = config.datasets.flatMap((dataset) => dataset.plans);
    for (const plan of plans.filter((one) => one.partitions.coverage === "DEVICE")) {
      expect(partitionsOf(config, plan).filter((partition) => partition.device === null)).toEqual([]);
    }
  });
});

describe("partitions", () => {
  test("are numbered from 1 by zone and then by category", () => {
    const config = loadCity("korea-crashes");
    const plan = config.datasets.find((one) => one.id === "korea-crashes-by-kind")?.plans[0];
    const partitions = plan === undefined ? [] : partitionsOf(config, plan);
    expect(partitions).toHaveLength(17 * 4);
    expect(partitions.slice(0, 5).map(({ cell: number, zone, category }) => [number, zone, category])).toEqual([
      [1, "seoul", "VEHICLE_PERSON"],
      [2, "seoul", "VEHICLE_VEHICLE"],
      [3, "seoul", "SINGLE_VEHICLE"],
      [4, "seoul", "RAIL_CROSSING"],
      [5, "busan", "VEHICLE_PERSON"],
    ]);
  });
});

const speeds = (city: ReturnType<typeof raw>) =>
  city.datasets.find(({ id }: { id: string }) => id === "sangmu-speeds").plans[0];

describe("a configuration that contradicts itself is refused", () => {
  test.each([
    ["a feed of no population", (city: ReturnType<typeof raw>) => (city.feeds[0].population = "nobody")],
    ["two zones of one slug", (city: ReturnType<typeof raw>) => city.zones.push(city.zones[0])],
    ["a zone watched twice", (city: ReturnType<typeof raw>) => city.devices[1].covers.push(city.devices[0].covers[0])],
    [
      "a square too small for a level",
      (city: ReturnType<typeof raw>) =>
        (city.zones.find((zone: { kind: string }) => zone.kind === "PLAZA").areaM2 = 900),
    ],
    ["plans beyond the budget", (city: ReturnType<typeof raw>) => (city.datasets[0].plans[0].epsilonMicro = 1_100_000)],
    ["a Gaussian plan without δ", (city: ReturnType<typeof raw>) => (city.datasets[0].plans[0].mechanism = "GAUSSIAN")],
    [
      "δ beyond what a population may plan",
      (city: ReturnType<typeof raw>) =>
        Object.assign(city.datasets[0].plans[0], { mechanism: "GAUSSIAN", deltaPico: 800_001 }),
    ],
    [
      "parts of the day that do not sum to L",
      (city: ReturnType<typeof raw>) => (city.datasets[0].plans[0].dayparts[0].bound = 2),
    ],
    [
      "a lateness under which three days are open",
      (city: ReturnType<typeof raw>) => (city.populations[0].latenessSeconds = 86_400),
    ],
    ["bins that do not ascend", (city: ReturnType<typeof raw>) => (speeds(city).binEdges = [0, 300, 200])],
    ["a speed without bins", (city: ReturnType<typeof raw>) => (speeds(city).binEdges = [])],
    ["a speed that is no histogram", (city: ReturnType<typeof raw>) => (speeds(city).split = "NONE")],
    ["a field that does not exist", (city: ReturnType<typeof raw>) => (city.colour = "blue")],
  ])("%s", (_, spoil) => {
    const city = raw();
    spoil(city);
    expect(() => parseCity(city)).toThrow("The city configuration is wrong");
  });
});

test("a plan that breaks a rule is named by field, rule and fix", () => {
  const city = raw();
  city.datasets[0].plans[0].dayparts[0].bound = 2;
  expect(() => parseCity(city)).toThrow(
    expect.objectContaining({
      field: "datasets.sangmu-people-flow.plans.1.dayparts",
      rule: "the parts sum to 7, L is 6",
      fix: "let the bounds of the parts sum to 6",
    }),
  );
});

describe("the declared history", () => {
  test("ends today in the city, which is another day than in UTC at night", () => {
    const [first] = historyOf(loadCity("sangmu"), Date.parse("2026-11-20T16:00:00Z"));
    expect([first?.firstDay, first?.lastDay]).toEqual(["2026-11-07", "2026-11-21"]);
  });

  test("has an id that follows from population and file", () => {
    expect(backfillId("a", "00")).toBe(backfillId("a", "00"));
    expect(backfillId("a", "00")).not.toBe(backfillId("b", "00"));
    expect(backfillId("a", "00")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

test("plans beyond the budget are named by population, rule and fix; a Gaussian plan within it is taken", () => {
  const city = raw();
  const plan = city.datasets[0].plans[0];
  plan.epsilonMicro = 1_100_000;
  expect(() => parseCity(city)).toThrow(
    expect.objectContaining({
      field: `populations.${plan.population}.microEpsilon`,
      rule: "plans of a population sum to at most 1.6",
      fix: "lower ε of the plans",
    }),
  );
  Object.assign(plan, { epsilonMicro: 600_000, mechanism: "GAUSSIAN", deltaPico: 100_000 });
  expect(parseCity(city).datasets[0]?.plans[0]).toMatchObject({ mechanism: "GAUSSIAN", deltaPico: 100_000 });
});

describe("offers", () => {
  const freight = (change: (dataset: ReturnType<typeof raw>["datasets"][number]) => void) => {
    const city = raw();
    change(city.datasets.find(({ id }: { id: string }) => id === "sangmu-freight"));
    return () => parseCity(city);
  };

  const field = (name: string) => expect.objectContaining({ field: expect.stringMatching(`offers\\.1\\.${name}$`) });

  test("are of a tier that sees something, and higher tiers see more", () => {
    expect(freight(() => {})).not.toThrow();
    expect(freight((one) => one.views.pop())).toThrow("offer LICENSED 1 of sangmu-freight: the tier sees nothing");
    expect(freight((one) => Object.assign(one.views[1], { finestStep: "P1D" }))).toThrow(
      "LICENSED sees less than REGISTERED",
    );
    expect(freight((one) => Object.assign(one, { tier: "OPEN" }))).toThrow("its tier is the lowest one with a view");
  });

  test("say in words and in ODRL what is enforced", () => {
    expect(freight(({ offers: [, one] }) => Object.assign(one, { quotaMonthly: 2_000_000 }))).toThrow("textKo");
    expect(freight(({ offers: [, one] }) => one.terms.permission[0].constraint.pop())).toThrow(
      "terms are not the policy",
    );
    expect(freight(({ views: [one] }) => Object.assign(one, { finestStep: "PT15M" }))).toThrow("textKo");
    expect(freight(({ offers: [, one] }) => Object.assign(one, { purposes: [] }))).toThrow(field("purposes"));
  });

  test("have whole, bounded, never negative amounts that fit their price model", () => {
    const priced = (field: string, amount: unknown) =>
      freight(({ offers: [, one] }) => Object.assign(one, { [field]: amount }));
    for (const wrong of [-1, 1.5, 2 ** 60, "5", null])
      expect(priced("unitPriceMicro", wrong)).toThrow(field("unitPriceMicro"));
    for (const wrong of [-1, 0.5, 2_000_000_000]) expect(priced("price", wrong)).toThrow(field("price"));
    for (const wrong of [-1, 0, 10.1, 2 ** 53]) expect(priced("quotaMonthly", wrong)).toThrow(field("quotaMonthly"));
    expect(priced("carryOver", true)).toThrow("SUBSCRIPTION alone carries over");
    expect(priced("price", 5)).toThrow("FLAT and SUBSCRIPTION have a price");
  });
});

describe("snap points", () => {
  test("of the sample city are what its geometry gives: fixed, each with at least eight addresses", () => {
    const config = loadCity("sangmu");
    expect(config.snapSets[0]?.points).toEqual(snapPointsOf(config));
    expect(config.snapSets[0]?.points.length).toBeGreaterThan(8);
  });

  test("with fewer than eight addresses, or in no zone, are refused", () => {
    // kills: a home as a public point
    const home = raw();
    home.snapSets[0].points[0].addresses = 7;
    expect(() => parseCity(home)).toThrow(">=8");
    const nowhere = raw();
    nowhere.snapSets[0].points[0].zone = "nowhere";
    expect(() => parseCity(nowhere)).toThrow("there is no zone nowhere");
  });

  test("must stand where a feed brings reports; who vouches must write", () => {
    const none = raw();
    none.snapSets = [];
    expect(() => parseCity(none)).toThrow("reports need snap points");
    const stranger = raw();
    stranger.devices[0].vouches = ["sangmu-reports"];
    expect(() => parseCity(stranger)).toThrow("which it may not write to");
  });
});
