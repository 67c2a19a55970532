// What is sold in these tests: a dataset of a city of the test's own, with a metered offer.
import { makeCity } from "../../support/city.ts";
import { value } from "../../support/databases.ts";
import { done, type Json, type Licence, REQUEST } from "./asking.ts";
import type { Account, Door } from "./door.ts";

export type Shop = { dataset: string; offer: string; today: string };

const idOf = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString("base64url");

/** A licensed dataset with zones `north` and `south`; `highRisk` ones need two approvers. */
export async function openShop({ hub }: Pick<Door, "hub">, highRisk = false): Promise<Shop> {
  const city = await makeCity(hub, {
    timeZone: "Asia/Seoul",
    zones: [
      { slug: "north", kind: "PLAZA" },
      { slug: "south", kind: "PLAZA" },
    ],
    plans: [
      {
        name: "flow",
        statistic: "OCCUPANCY",
        step: "PT1H",
        bound: 1,
        epsilonMicro: 100_000,
        zones: ["north", "south"],
      },
    ],
  });
  const dataset = `${city.slug}-flow`;
  await hub.query("UPDATE hub.dataset SET tier = 'LICENSED', high_risk = $2 WHERE id = $1", [dataset, highRisk]);
  await hub.query("UPDATE hub.dataset_view SET tier = 'LICENSED' WHERE dataset_id = $1", [dataset]);
  const offer = await value<string>(
    hub,
    `INSERT INTO hub.offer (dataset_id, tier, version, name_ko, name_en, terms, price, currency, text_ko, text_en, price_model,
       unit_price_micro, free_quota, monthly_cap, purposes, decision_days)
     VALUES ($1, 'LICENSED', 1, '시험', 'Test', '{}', 0, 'KRW', '시험', 'Test', 'METERED', 1500000, 1000, 30000,
       '{RESEARCH,COMMERCIAL_SERVICE}', 14) RETURNING id`,
    [dataset],
  );
  const today = await value<string>(hub, "SELECT (now() AT TIME ZONE 'Asia/Seoul')::date");
  return { dataset, offer: idOf("Offer", offer), today };
}

const nextYear = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4, 8)}01`;

/** What a request says when it says nothing special. */
export const request = ({ offer, today }: Shop, organization: string, more: Json = {}): Json => ({
  offer,
  organization,
  purpose: "RESEARCH",
  purposeText: "To see where people wait in the morning.",
  from: today,
  to: nextYear(today),
  quota: 5_000,
  ...more,
});

/** Asks for a licence. */
export const asked = async (door: Door, who: Account, shop: Shop, organization: string, more: Json = {}) =>
  (await done<{ licence: Licence }>(door, who, REQUEST, { input: request(shop, organization, more) })).licence;
