import { cellPolygon } from "../../core/geo/cell.ts";
import type { H3Cell } from "../../core/ids.ts";
import { batch } from "../batch.ts";
import { type Builder, keyed } from "../builder.ts";
import { connect } from "../connection.ts";
import { opaqueId } from "../opaque.ts";
import type { Values } from "../values.ts";
import { backdropRows, type CityRow, cityRows, type ZoneRow, zoneRows } from "./rows.ts";

const ZONE_KINDS = ["CITY", "DISTRICT", "AREA", "PLAZA", "SEGMENT", "STATION", "CELL", "SITE"] as const;
const BASES = ["PRIVATE_SITE_CONSENT", "PUBLIC_STATUTORY", "PUBLIC_NOTICE"] as const;

/** Cities and their zones. */
export function addPlaces(builder: Builder, { Text }: Values) {
  const ZoneKind = builder.enumType("ZoneKind", { values: ZONE_KINDS });
  const CollectionBasis = builder.enumType("CollectionBasis", {
    description: "On what ground devices may look at a zone.",
    values: BASES,
  });
  const City = builder.objectRef<CityRow>("City");
  const Zone = builder.objectRef<ZoneRow>("Zone");
  const ZoneEdge = builder.edgeObject({ type: Zone, name: "ZoneEdge" });
  const Zones = builder.connectionObject({ type: Zone, name: "ZoneConnection" }, ZoneEdge);

  Zone.implement({
    description: "A public place: plaza, street segment, station, H3 cell, district, construction site.",
    extensions: keyed("id"),
    fields: (t) => ({
      id: t.id({ resolve: ({ key }) => opaqueId("Zone", key) }),
      slug: t.exposeString("slug", { description: "Unique within the city." }),
      kind: t.field({ type: ZoneKind, resolve: ({ kind }) => ZONE_KINDS.find((known) => known === kind) ?? "AREA" }),
      name: t.field({ type: Text, resolve: ({ name }) => name }),
      city: t.field({
        type: City,
        resolve: async ({ city }, _args, context) => held(await cityBySlug(context, city)),
      }),
      parent: t.field({
        type: Zone,
        nullable: true,
        description: "The zone that holds it.",
        resolve: ({ parent }, _args, context) => (parent === null ? null : zoneByKey(context, parent)),
      }),
      within: t.field({
        type: Zones,
        description: "The zones that it directly holds.",
        args: t.arg.connectionArgs(),
        resolve: ({ key: holder }, args, context) =>
          connect<ZoneRow>(
            args,
            ({ key }) => key,
            ({ after, before, inverted, limit }) =>
              zoneRows(context, null, null, null, null, [holder], null, after, before, inverted, limit),
          ),
      }),
      geometry: t.field({ type: "GeoJSON", resolve: ({ geometry }) => geometry }),
      centre: t.floatList({ description: "Longitude, latitude.", resolve: ({ centre }) => centre }),
      areaSquareMetres: t.float({
        nullable: true,
        description: "Public area, where it has a meaning.",
        resolve: ({ area }) => area,
      }),
      h3: t.field({ type: "H3Cell", nullable: true, resolve: ({ h3 }) => h3 }),
      cellBoundary: t.field({
        type: "GeoJSON",
        nullable: true,
        description: "The outline of its H3 cell.",
        resolve: ({ h3 }) => (h3 === null ? null : cellPolygon(h3 as H3Cell)),
      }),
      collectionBasis: t.field({
        type: CollectionBasis,
        resolve: ({ basis }) => BASES.find((known) => known === basis) ?? "PUBLIC_NOTICE",
      }),
    }),
  });

  City.implement({
    description: "A city of the hub: a configuration, not code.",
    extensions: keyed("slug"),
    fields: (t) => ({
      id: t.id({ resolve: ({ slug }) => opaqueId("City", slug) }),
      slug: t.exposeString("slug"),
      name: t.field({ type: Text, resolve: ({ name }) => name }),
      timeZone: t.exposeString("timeZone", { description: "IANA name." }),
      bounds: t.floatList({ description: "West, south, east, north.", resolve: ({ bounds }) => bounds }),
      isSynthetic: t.exposeBoolean("isSynthetic"),
      backdrop: t.field({
        type: "GeoJSON",
        nullable: true,
        description: "Outlines to draw below the map, a FeatureCollection: `kind` is BLOCK, PARK, WATER or ROAD.",
        resolve: async ({ slug }, _args, context) => (await backdropRows(context, slug))[0]?.backdrop ?? null,
      }),
      zones: t.field({
        type: Zones,
        args: { ...t.arg.connectionArgs(), kind: t.arg({ type: [ZoneKind] }) },
        resolve: ({ slug }, args, context) =>
          connect<ZoneRow>(
            args,
            ({ key }) => key,
            ({ after, before, inverted, limit }) =>
              zoneRows(context, null, slug, args.kind ?? null, null, null, null, after, before, inverted, limit),
          ),
      }),
    }),
  });

  builder.queryFields((t) => ({
    city: t.field({
      type: City,
      nullable: true,
      description: "A city by its slug; without one the hub's first.",
      args: { slug: t.arg.string() },
      resolve: async (_root, { slug }, context) => (await cityRows(context, slug == null ? null : [slug]))[0] ?? null,
    }),
    cities: t.field({ type: [City], resolve: (_root, _args, context) => cityRows(context, null) }),
    zone: t.field({
      type: Zone,
      nullable: true,
      description: "A zone by its slug, in the hub's first city or the one named.",
      args: { slug: t.arg.string({ required: true }), city: t.arg.string() },
      resolve: async (_root, { slug, city }, context) => {
        const within = city ?? (await cityRows(context, null))[0]?.slug ?? null;
        const [zone] = await zoneRows(context, null, within, null, [slug], null, null, null, null, false, 1);
        return zone ?? null;
      },
    }),
  }));
  return { City, CollectionBasis, Zone, Zones };
}

const zoneByKey = batch(async (context, keys) => {
  const rows = await zoneRows(context, keys, null, null, null, null, null, null, null, false, null);
  return new Map(rows.map((row) => [row.key, row]));
});

/** The city of a zone or dataset, many of one request at once. */
export const cityBySlug = batch(async (context, slugs) => {
  const rows = await cityRows(context, slugs);
  return new Map(rows.map((row) => [row.slug, row]));
});

/** What a foreign key of the database promises to be there. */
export function held<T>(row: T | null): T {
  if (row === null) throw new Error("a foreign key points at nothing");
  return row;
}
