// Coarser areas are sums of released cells (rule P6): by the cells' ancestors alone, up to sixteen, and above that the
// dataset that counts for itself is named.
import { cellToChildren } from "h3-js";
import { cell, cellCentre, cellToParent } from "../../../core/geo/cell.ts";
import { halfWidth } from "../../../core/privacy/interval.ts";
import { laplace } from "../../../core/privacy/mechanism.ts";
import { makeCity, type TestCity } from "../../support/city.ts";
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { CENTRE } from "../../support/readings.ts";
import { published, release } from "../../support/released.ts";
import { data, refusal } from "./ask.ts";

const TIME_ZONE = "Asia/Seoul";
const HOUR = 3_600_000;

const PARENT = cell(CENTRE[0], CENTRE[1], 7);
const CHILDREN = cellToChildren(PARENT, 9).map((h3) => h3 as typeof PARENT);
/** Cells of the parent whose centre lies in another cell of its size: H3 holds them by name, not by place. */
const strays = CHILDREN.filter((h3) => cell(...cellCentre(h3), 7) !== PARENT);
const EIGHT = cell(CENTRE[0], CENTRE[1], 8);
const inEight = CHILDREN.filter((h3) => cellToParent(h3, 8) === EIGHT);
const others = CHILDREN.filter((h3) => !inEight.includes(h3) && !strays.includes(h3));
/** One stray, the seven cells of a middle-sized one, nine more: seventeen. */
const CELLS = [...strays.slice(0, 1), ...inEight, ...others.slice(0, 9)];
const slugs = CELLS.map((_, at) => `cell-${String(at).padStart(2, "0")}`);
const VALUES = CELLS.map((_, at) => (at % 3 === 0 ? -7 * at - 1 : 5 * at));

scenario("areas that are sums of released cells", (environment) => {
  const { url } = environment;
  let stores: Databases;
  let city: TestCity;
  const start = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
  const period = `period: { from: "${new Date(start).toISOString()}", to: "${new Date(start + HOUR).toISOString()}" }`;

  beforeAll(async () => {
    stores = openDatabases(environment);
    city = await makeCity(stores.hub, {
      timeZone: TIME_ZONE,
      zones: CELLS.map((h3, at) => ({ slug: slugs[at] ?? "", kind: "CELL" as const, at: cellCentre(h3) })),
      plans: [
        { name: "flow", statistic: "PRESENCE", step: "PT1H", bound: 6, epsilonMicro: 600_000, zones: slugs },
        {
          name: "daily",
          statistic: "PRESENCE",
          step: "P1D",
          bound: 2,
          epsilonMicro: 100_000,
          zones: slugs.slice(0, 2),
        },
        { name: "crowd", statistic: "OCCUPANCY", step: "PT10M", bound: 24, epsilonMicro: 600_000, zones: slugs },
      ],
    });
    const window = { from: start, to: start + HOUR };
    await release(stores.hub, city.plans["flow"]?.number ?? 0, window, TIME_ZONE, VALUES);
    await published();
  });
  afterAll(() => stores.close());

  const asked = (area: string) =>
    `{ dataset(slug: "${city.slug}-flow") { series(area: { ${area}, sum: true }, ${period}) {
       columns { place signed value } uncertainty { halfWidth95 } method { leaves } } } }`;
  type Sum = {
    dataset: { series: { columns: Record<string, unknown[]>; uncertainty: object; method: { leaves: number } } };
  };
  const sum = (cells: readonly string[]): number =>
    CELLS.reduce((total, h3, at) => total + (cells.includes(h3) ? (VALUES[at] ?? 0) : 0), 0);

  test("an H3 area is the sum of the signed values of the cells inside, with the interval of that many", async () => {
    const { series } = (await data<Sum>(url, asked(`within: "${EIGHT}"`))).dataset;
    const total = sum(inEight);
    expect(series.columns).toEqual({ place: [EIGHT], signed: [total], value: [Math.max(0, total)] });
    expect(series.method.leaves).toBe(7);
    expect(series.uncertainty).toEqual({ halfWidth95: halfWidth(laplace(10), 7) });
  });

  test("what is inside follows from the names of the cells, not from where their centres lie", async () => {
    // kills: indexing a cell's centre again at the coarser size
    const [stray] = strays;
    if (stray === undefined) throw new Error("no cell strays here: choose another centre");
    const elsewhere = cell(...cellCentre(stray), 7);
    expect(await refusal(url, asked(`within: "${elsewhere}"`))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "area",
    });
    const { series } = (await data<Sum>(url, asked(`within: "${cellToParent(stray, 8)}"`))).dataset;
    expect(series.columns["signed"]).toEqual([
      sum(CELLS.filter((h3) => cellToParent(h3, 8) === cellToParent(stray, 8))),
    ]);
  });

  test("sixteen released values are summed, seventeen are refused and the dataset that counts for itself is named", async () => {
    const sixteen = slugs.slice(0, 16);
    const { series } = (await data<Sum>(url, asked(`places: ${JSON.stringify(sixteen)}`))).dataset;
    expect(series.columns["signed"]).toEqual([VALUES.slice(0, 16).reduce((total, value) => total + value, 0)]);
    const refused = await refusal(url, asked(`within: "${PARENT}"`));
    expect(refused).toMatchObject({ code: "LIMIT_EXCEEDED", field: "area" });
    expect(refused.message).toContain("the sum of 17 released values");
    expect(refused.fix).toContain(`take the dataset ${city.slug}-daily, which counts for itself`);
  });
});
