import { isUuid } from "../../core/ids.ts";
import { batch } from "../batch.ts";
import { type Builder, keyed } from "../builder.ts";
import { connect } from "../connection.ts";
import type { Context } from "../context.ts";
import type { Representation } from "../federation.ts";
import { keyOf, opaqueId } from "../opaque.ts";
import { query } from "../query.ts";
import type { DatasetKey, LocalText, Values } from "../values.ts";

const TIERS = ["OPEN", "REGISTERED", "LICENSED", "RESTRICTED"] as const;

type OrganizationRow = { id: string; slug: string; name: LocalText; url: string | null };
type OfferRow = {
  id: string;
  dataset: string;
  organization: string;
  tier: (typeof TIERS)[number];
  version: number;
  name: LocalText;
  terms: object;
  price: number;
  currency: string;
};

const organizationRows = query<
  OrganizationRow,
  [
    ids: readonly string[] | null,
    slug: string | null,
    after: string | null,
    before: string | null,
    inverted: boolean,
    limit: number | null,
  ]
>(new URL("./organizations.sql", import.meta.url));
const offerRows = query<OfferRow, [datasets: readonly string[] | null, providers: readonly string[] | null]>(
  new URL("./offers.sql", import.meta.url),
);

const grouped = (keys: readonly string[], rows: readonly OfferRow[], by: "dataset" | "organization") =>
  new Map(keys.map((key) => [key, rows.filter((row) => row[by] === key)]));
const offersOfDataset = batch(async (context, slugs) =>
  grouped(slugs, await offerRows(context, slugs, null), "dataset"),
);
const offersOfProvider = batch(async (context, ids) =>
  grouped(ids, await offerRows(context, null, ids), "organization"),
);

/** Who provides data, and under which offers. */
export function addMarket(builder: Builder, { Text }: Values): void {
  const Tier = builder.enumType("Tier", { description: "Who may read the values.", values: TIERS });
  builder.scalarType("Terms", {
    description: "Machine-readable terms: an ODRL 2.2 policy as JSON-LD.",
    serialize: (value) => value,
  });
  const Dataset = builder.objectRef<DatasetKey>("Dataset").implement({
    extensions: keyed("slug"),
    fields: (t) => ({ slug: t.exposeString("slug") }),
  });
  const Offer = builder.objectRef<OfferRow>("Offer").implement({
    description: "A standing offer of a dataset at a tier.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Offer", id) }),
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      tier: t.field({ type: Tier, resolve: ({ tier }) => tier }),
      version: t.exposeInt("version"),
      name: t.field({ type: Text, resolve: ({ name }) => name }),
      terms: t.field({ type: "Terms", resolve: ({ terms }) => terms }),
      priceMinor: t.exposeInt("price", { description: "Minor units of the currency; 0 is free." }),
      currency: t.exposeString("currency", { description: "ISO 4217." }),
    }),
  });
  const Organization = builder.objectRef<OrganizationRow>("Organization").implement({
    description: "A provider of data or an operator of devices.",
    extensions: keyed("id"),
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Organization", id) }),
      slug: t.exposeString("slug"),
      name: t.field({ type: Text, resolve: ({ name }) => name }),
      url: t.exposeString("url", { nullable: true }),
      offers: t.field({
        type: [Offer],
        resolve: async ({ id }, _args, context) => (await offersOfProvider(context, id)) ?? [],
      }),
    }),
  });
  const edge = builder.edgeObject({ type: Organization, name: "OrganizationEdge" });
  const Organizations = builder.connectionObject({ type: Organization, name: "OrganizationConnection" }, edge);

  builder.objectField(Dataset, "offers", (t) =>
    t.field({
      type: [Offer],
      nullable: true,
      resolve: async ({ slug }, _args, context) => (await offersOfDataset(context, slug)) ?? [],
    }),
  );
  builder.queryFields((t) => ({
    organization: t.field({
      type: Organization,
      nullable: true,
      args: { slug: t.arg.string({ required: true }) },
      resolve: async (_root, { slug }, context) =>
        (await organizationRows(context, null, slug, null, null, false, 1))[0] ?? null,
    }),
    organizations: t.field({
      type: Organizations,
      args: t.arg.connectionArgs(),
      resolve: (_root, args, context) =>
        connect<OrganizationRow>(
          args,
          ({ slug }) => slug,
          ({ after, before, inverted, limit }) => organizationRows(context, null, null, after, before, inverted, limit),
        ),
    }),
  }));
}

/** Organizations that one request names, in the order of the references. */
export async function loadOrganizations(references: readonly Representation[], context: Context) {
  const ids = references.map(({ id }) => keyOf("Organization", id));
  const rows = await organizationRows(context, ids.filter(isUuid), null, null, null, false, null);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}
