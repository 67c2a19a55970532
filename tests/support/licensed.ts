import { randomUUID } from "node:crypto";
import { makeKey } from "../../core/licence/key.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { token } from "./city.ts";

/** What a licensed dataset is sold for in a test; without a price it is free. */
export type Terms = {
  dataset: string;
  /** units a month */
  quota: number;
  area?: readonly string[] | null;
  /** days, both inclusive; from long ago to next year when left out */
  from?: string;
  to?: string;
  step?: string | null;
  price?: { model: "METERED"; unitMicro: number } | { model: "SUBSCRIPTION"; monthly: number; carryOver: boolean };
};

/** A customer with a licence in force, made by the market's own functions. */
export type Customer = {
  organization: string;
  /** the organisation's owner */
  person: string;
  /** nobody of the organisation: who decided */
  steward: string;
  licence: string;
  /** Makes a key of the licence; answers its text and id. */
  key(options?: { scopes?: readonly string[]; expiresAt?: Date }): Promise<{ id: string; text: string }>;
  /** An act of the steward on the licence: REVOKE, SUSPEND, RESUME. */
  act(action: string, reason: string): Promise<void>;
};

/** Adds the view of a tier to a dataset, and takes the open one away when it is licensed alone. */
export async function sellOnly(hub: Pool, dataset: string): Promise<void> {
  await hub.query("UPDATE hub.dataset SET tier = 'LICENSED' WHERE id = $1", [dataset]);
  await hub.query("DELETE FROM hub.dataset_view WHERE dataset_id = $1 AND tier <> 'LICENSED'", [dataset]);
  await hub.query("INSERT INTO hub.dataset_view (dataset_id, tier) VALUES ($1, 'LICENSED') ON CONFLICT DO NOTHING", [
    dataset,
  ]);
}

export async function addPerson(hub: Pool): Promise<string> {
  const name = token();
  return one(hub, "SELECT id FROM market.see_person('https://test.invalid', $1, $2, $3)", [
    randomUUID(),
    `${name}@madang.example`,
    name,
  ]);
}

/** Makes an offer, a customer that asks for it and somebody who grants it. */
export async function licensed(hub: Pool, terms: Terms): Promise<Customer> {
  const [person, steward] = [await addPerson(hub), await addPerson(hub)];
  const organization = await one(hub, "SELECT market.create_organization($1, $2)", [
    person,
    JSON.stringify({ slug: `test-${token()}`, nameKo: "시험", nameEn: "Test", stage: "STARTUP" }),
  ]);
  const { price } = terms;
  const offer = await one(
    hub,
    `INSERT INTO hub.offer (dataset_id, tier, version, name_ko, name_en, terms, price, currency, text_ko, text_en, price_model,
       unit_price_micro, carry_over, purposes)
     VALUES ($1, 'LICENSED', 1 + coalesce((SELECT max(version) FROM hub.offer WHERE dataset_id = $1 AND tier = 'LICENSED'), 0),
             '시험', 'Test', '{}', $2, 'KRW', '시험', 'Test', $3, $4, $5, '{RESEARCH}') RETURNING id`,
    [
      terms.dataset,
      price?.model === "SUBSCRIPTION" ? price.monthly : 0,
      price?.model ?? "FREE",
      price?.model === "METERED" ? price.unitMicro : 0,
      price?.model === "SUBSCRIPTION" && price.carryOver,
    ],
  );
  const licence = await one(hub, "SELECT id FROM market.request_licence($1)", [
    JSON.stringify({
      actor: person,
      organization,
      offer,
      purpose: "RESEARCH",
      purposeText: "What a test needs of this dataset.",
      area: terms.area ?? null,
      from: terms.from ?? day(-366),
      to: terms.to ?? day(366),
      step: terms.step ?? null,
      quota: terms.quota,
    }),
  ]);
  const act = async (action: string, actor: string, reason: string | null = null): Promise<string> =>
    one(hub, "SELECT a.state FROM market.licence l, market.act(l.id, l.seq, $2, $3, $4, '{}') a WHERE l.id = $1", [
      licence,
      action,
      actor,
      reason,
    ]);
  if ((await act("APPROVE", steward)) === "APPROVED") await act("ACTIVATE", person);
  return {
    organization,
    person,
    steward,
    licence,
    async key({ scopes = ["read:graph", "read:exports"], expiresAt } = {}) {
      const { text, lookup, hash } = makeKey("live");
      const id = await one(hub, "SELECT id FROM market.create_key($1, $2, $3, 'test', $4, $5, $6, $7, '{}')", [
        person,
        organization,
        licence,
        lookup,
        hash,
        scopes,
        expiresAt ?? null,
      ]);
      return { id, text };
    },
    act: async (action, reason) => void (await act(action, steward, reason)),
  };
}

/** A sandbox key of a new organisation: its text. */
export async function sandboxKey(hub: Pool): Promise<string> {
  const person = await addPerson(hub);
  const texts = { slug: `test-${token()}`, nameKo: "시험", nameEn: "Test" };
  const organization = await one(hub, "SELECT market.create_organization($1, $2)", [person, JSON.stringify(texts)]);
  const { text, lookup, hash } = makeKey("test");
  const scopes = ["read:graph", "read:exports"];
  const values = [person, organization, lookup, hash, scopes];
  await one(hub, "SELECT id FROM market.create_key($1, $2, NULL, 'test', $3, $4, $5, NULL, '{}')", values);
  return text;
}

async function one(hub: Pool, text: string, values: unknown[]): Promise<string> {
  const { rows } = await hub.query({ text, values, rowMode: "array" });
  const [first] = (rows as string[][])[0] ?? [];
  if (first === undefined) throw new Error(`no row: ${text}`);
  return first;
}

const day = (after: number): string => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
