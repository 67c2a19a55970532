// A city whose values are known, sold to a few customers: what the tests of this scenario ask of.
import { makeKey } from "../../../core/licence/key.ts";
import type { Pool } from "../../../runtime/postgres.ts";
import { makeCity, type TestCity, token } from "../../support/city.ts";
import { addPerson, type Customer, licensed, sellOnly, type Terms } from "../../support/licensed.ts";
import { published, release } from "../../support/released.ts";

export const HOUR = 3_600_000;
const TEN = HOUR / 6;
export const TIME_ZONE = "Asia/Seoul";
export const PLACES = ["a-square", "b-square", "c-square"] as const;

/** A day of the shop's city, `after` days from today. */
export const dayOf = (after: number): string =>
  new Date(Date.now() + 9 * HOUR + after * 24 * HOUR).toISOString().slice(0, 10);

export const iso = (at: number): string => new Date(at).toISOString();

export type Shop = {
  city: TestCity;
  /** counts of ten minutes, sold under a licence alone */
  flow: string;
  /** how many are there, sold under a licence alone */
  crowd: string;
  /** open to everyone */
  open: string;
  /** a licence of this dataset, or of `flow`, with a key */
  customer(terms?: Partial<Terms>): Promise<Customer & { bearer: string; keyId: string }>;
  /** a sandbox key of somebody with an organisation */
  sandbox(): Promise<string>;
  /** values of the last full hours, by window: what was released at the three places */
  period: { from: string; to: string };
  start: number;
};

/** Makes the shop: two hours of ten minutes of `flow`, a window of `crowd`, two hours of `open`. */
export async function openShop(hub: Pool): Promise<Shop> {
  const start = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
  const zones = [...PLACES];
  const city = await makeCity(hub, {
    timeZone: TIME_ZONE,
    zones: zones.map((slug) => ({ slug, kind: "PLAZA" as const })),
    plans: [
      { name: "flow", statistic: "PRESENCE", step: "PT10M", bound: 24, epsilonMicro: 600_000, zones },
      { name: "crowd", statistic: "OCCUPANCY", step: "PT10M", bound: 24, epsilonMicro: 400_000, zones },
      { name: "open", statistic: "PRESENCE", step: "PT1H", bound: 6, epsilonMicro: 300_000, zones },
    ],
  });
  const plan = (name: string): number => city.plans[name]?.number ?? 0;
  for (let nth = 0; nth < 12; nth++) {
    const window = { from: start + nth * TEN, to: start + (nth + 1) * TEN };
    await release(hub, plan("flow"), window, TIME_ZONE, [100 + nth, 200 + nth, 300 + nth]);
  }
  await release(hub, plan("crowd"), { from: start, to: start + TEN }, TIME_ZONE, [1_000, 2_000, 3_000]);
  for (const nth of [0, 1]) {
    const window = { from: start + nth * HOUR, to: start + (nth + 1) * HOUR };
    await release(hub, plan("open"), window, TIME_ZONE, [11, 12, 13]);
  }
  const flow = `${city.slug}-flow`;
  const crowd = `${city.slug}-crowd`;
  for (const dataset of [flow, crowd]) await sellOnly(hub, dataset);
  await published();
  return {
    city,
    flow,
    crowd,
    open: `${city.slug}-open`,
    start,
    period: { from: iso(start), to: iso(start + 2 * HOUR) },
    async customer(terms = {}) {
      const made = await licensed(hub, { dataset: flow, quota: 1_000_000, ...terms });
      const { id, text } = await made.key();
      return { ...made, bearer: text, keyId: id };
    },
    async sandbox() {
      const person = await addPerson(hub);
      const { rows } = await hub.query<{ organization: string }>(
        "SELECT market.create_organization($1, $2) AS organization",
        [person, JSON.stringify({ slug: `test-${token()}`, nameKo: "시험", nameEn: "Test", stage: "PRE_STARTUP" })],
      );
      const { text, lookup, hash } = makeKey("test");
      await hub.query("SELECT market.create_key($1, $2, NULL, 'sandbox', $3, $4, $5, NULL, '{}')", [
        person,
        rows[0]?.organization,
        lookup,
        hash,
        ["read:graph", "read:exports"],
      ]);
      return text;
    },
  };
}
