import { createHash, randomBytes, randomUUID } from "node:crypto";
import { addDays, localDay } from "../../../core/time.ts";
import { createPool, type Pool, type Queryable } from "../../../runtime/postgres.ts";
import { addScene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";

export type LicenceRow = {
  id: string;
  seq: number;
  state: string;
  quota: string | number | null;
  area: string[] | null;
  step: string | null;
  first_approver: string | null;
  decided_by: string | null;
  valid_to: string;
};
export type OfferWish = { priceModel?: "FREE" | "METERED"; highRisk?: boolean };

/** A market with one dataset to license, its people, and the rights that the API's role has. */
export type Fair = Awaited<ReturnType<typeof openFair>>;

/** SHA-256, as keys and invitations are kept. */
export const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The SQLSTATE of a refusal; "OK" when it was none. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "OK",
    (error: { code?: string }) => error.code ?? "?",
  );

export async function openFair(stage: Stage, { priceModel = "METERED", highRisk = false }: OfferWish = {}) {
  const scene = await addScene(stage, {
    plans: [{ statistic: "PASSAGES", step: "PT15M", bound: 2, microEpsilon: 300_000, cells: 1 }],
  });
  const dataset = `${scene.slug}-0`;
  const { hub } = stage;
  for (const slug of ["north", "south"]) {
    await hub.query(
      `INSERT INTO hub.zone (id, city_id, slug, kind, name_ko, name_en, geometry, longitude, latitude, collection_basis, parent_id)
       VALUES ($1 || '/' || $2, $1, $2, 'AREA', $2, $2, '{}', 126.5, 35.5, 'PUBLIC_NOTICE', $1 || '/all')`,
      [scene.slug, slug],
    );
  }
  await hub.query("UPDATE hub.dataset SET tier = 'LICENSED', high_risk = $2 WHERE id = $1", [dataset, highRisk]);
  await hub.query("DELETE FROM hub.dataset_view WHERE dataset_id = $1", [dataset]);
  await hub.query("INSERT INTO hub.dataset_view (dataset_id, tier) VALUES ($1, 'LICENSED')", [dataset]);
  const offers = await hub.query<{ id: string }>(
    `INSERT INTO hub.offer (dataset_id, tier, version, name_ko, name_en, text_ko, text_en, terms, price, currency, purposes,
       price_model, unit_price_micro)
     VALUES ($1, 'LICENSED', 1, 'x', 'x', 'x', 'x', '{}', 0, 'KRW', '{RESEARCH,EDUCATION}', $2, $3) RETURNING id`,
    [dataset, priceModel, priceModel === "FREE" ? 0 : 1],
  );
  const offer = offers.rows[0]?.id ?? "";
  const api: Pool = createPool(stage.addresses("madang_api").hub, { name: "fair", max: 12 });
  const background: Pool = createPool(stage.addresses("madang_background").hub, { name: "fair", max: 4 });

  const one = async <T>(sql: string, values: unknown[] = [], on: Queryable = api): Promise<T> => {
    const { rows } = await on.query(sql, values);
    if (rows[0] === undefined) throw new Error(`no row: ${sql}`);
    return rows[0] as T;
  };
  const person = async (name: string): Promise<string> =>
    (
      await one<{ id: string }>("SELECT id FROM market.see_person('https://issuer.example', $1, $2, $3)", [
        randomUUID(),
        `${name}@${scene.slug}.example`,
        name,
      ])
    ).id;
  const organization = async (owner: string): Promise<string> =>
    (
      await one<{ id: string }>("SELECT market.create_organization($1, $2) AS id", [
        owner,
        {
          slug: `o-${randomBytes(4).toString("hex")}`,
          nameKo: "시험 조직",
          nameEn: "Test organisation",
          stage: "STARTUP",
        },
      ])
    ).id;

  const applicant = await person("applicant");
  const firm = await organization(applicant);
  const [steward, second] = [await person("steward"), await person("second")];
  const today = localDay(Date.now(), "Asia/Seoul");
  const wish = (more: object = {}) => ({
    actor: applicant,
    organization: firm,
    offer,
    purpose: "RESEARCH",
    purposeText: "To study how goods move through the city.",
    area: ["north", "south"],
    from: addDays(today, -30),
    to: addDays(today, 90),
    step: "PT15M",
    quota: 1000,
    ...more,
  });
  const licence = (id: string, on: Queryable = api) =>
    one<LicenceRow>("SELECT * FROM market.licence WHERE id = $1", [id], on);
  const request = (more: object = {}, on: Queryable = api) =>
    one<LicenceRow>("SELECT * FROM market.request_licence($1)", [wish(more)], on);
  /** An act with what it needs to be complete; `seq` as it is now unless said. */
  const act = async (
    id: string,
    action: string,
    actor: string,
    more: { seq?: number; reason?: string | null; detail?: object } = {},
    on: Queryable = api,
  ): Promise<LicenceRow> => {
    const seq = more.seq ?? (await licence(id, on)).seq;
    const speaks = ["ASK", "ANSWER", "APPEAL"].includes(action);
    const reason = more.reason === undefined ? "for a reason that a person understands" : more.reason;
    const detail = more.detail ?? (speaks ? { message: "What is this for?" } : {});
    return one("SELECT * FROM market.act($1, $2, $3, $4, $5, $6)", [id, seq, action, actor, reason, detail], on);
  };
  const accept = (id: string) => act(id, "APPROVE", steward).then(() => act(id, "ACTIVATE", applicant));
  const join = async (name: string, role: string, by = applicant, into = firm): Promise<string> => {
    const member = await person(name);
    const { id } = await one<{ id: string }>(
      "SELECT market.invite($1, $2, $3, $4, $5, now() + interval '7 days') AS id",
      [...[by, into, `${name}@${scene.slug}.example`, role, randomBytes(32)]],
    );
    await api.query("SELECT market.accept_invitation($1, $2)", [member, id]);
    return member;
  };
  const createKey = (of: string | null, by = applicant, into = firm) =>
    one<{ id: string; lookup: string; licence: string | null; environment: string }>(
      "SELECT * FROM market.create_key($1, $2, $3, 'server', $4, $5, '{read:graph}', NULL, NULL)",
      [by, into, of, randomBytes(4).toString("hex"), randomBytes(32)],
    );
  const version = async () =>
    Number((await one<{ version: string }>("SELECT version FROM market.access_version")).version);
  const runClock = (at: Date) => one<{ steps: number }>("SELECT market.run_clock($1) AS steps", [at], background);

  return {
    ...{ api, hub, scene, dataset, offer, applicant, firm, steward, second, today, wish, one, person, organization },
    ...{
      licence,
      request,
      act,
      accept,
      join,
      createKey,
      version,
      runClock,
      background,
      close: () => Promise.all([api.end(), background.end()]),
    },
  };
}
