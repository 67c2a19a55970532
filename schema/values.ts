import type { TimeWindow } from "../core/time.ts";
import { type Builder, keyed, reference, shareable } from "./builder.ts";
import type { Representation } from "./federation.ts";

/** A text in both languages; a row of the database has `<name>_ko` and `<name>_en`. */
export type LocalText = { ko: string; en: string };

export const WITHHELD = ["FEED_SILENT", "SLOT_ABANDONED", "NOT_RELEASED", "LICENCE_SCOPE"] as const;

/** The value types that more than one subgraph answers with. */
export function addValues(builder: Builder) {
  const Text = builder.objectRef<LocalText>("Text").implement({
    description: "A text in Korean and English.",
    extensions: shareable,
    fields: (t) => ({ ko: t.exposeString("ko"), en: t.exposeString("en") }),
  });
  const Window = builder.objectRef<TimeWindow>("TimeWindow").implement({
    description: "A half-open span of time, from inclusive, to exclusive.",
    extensions: shareable,
    fields: (t) => ({
      from: t.field({ type: "DateTime", resolve: ({ from }) => from }),
      to: t.field({ type: "DateTime", resolve: ({ to }) => to }),
    }),
  });
  const WithheldReason = builder.enumType("WithheldReason", {
    description: "Why a value is not shown; computed from the plan, the release and the asker's licences alone.",
    values: {
      FEED_SILENT: { description: "No heartbeat of its devices was heard in the window." },
      SLOT_ABANDONED: { description: "The release was given up after a fault; nothing is drawn again." },
      NOT_RELEASED: { description: "The window is over and its release is not published yet." },
      LICENCE_SCOPE: { description: "There may be a value; the one who asks has no licence for it, here and then." },
    } as const,
  });
  const Withheld = builder.objectRef<{ reason: string }>("Withheld").implement({
    extensions: shareable,
    fields: (t) => ({
      reason: t.field({
        type: WithheldReason,
        resolve: ({ reason }) => WITHHELD.find((known) => known === reason) ?? "NOT_RELEASED",
      }),
    }),
  });
  return { Text, Window, WithheldReason, Withheld };
}

export type Values = ReturnType<typeof addValues>;

export type ZoneKey = { id: string };
export type DatasetKey = { slug: string };
export type CityKey = { slug: string };
export type OrganizationKey = { id: string };

/** Entities of other subgraphs that this one only points at. */
export const pointer = {
  zone: (builder: Builder) =>
    builder.objectRef<ZoneKey>("Zone").implement({
      extensions: reference("id"),
      fields: (t) => ({ id: t.exposeID("id") }),
    }),
  dataset: (builder: Builder) =>
    builder.objectRef<DatasetKey>("Dataset").implement({
      extensions: reference("slug"),
      fields: (t) => ({ slug: t.exposeString("slug") }),
    }),
  organization: (builder: Builder) =>
    builder.objectRef<OrganizationKey>("Organization").implement({
      extensions: reference("id"),
      fields: (t) => ({ id: t.exposeID("id") }),
    }),
};

/** Entities of the catalogue to which a domain adds its fields. */
export function extendCatalogue(builder: Builder) {
  const Dataset = builder.objectRef<DatasetKey>("Dataset").implement({
    extensions: keyed("slug"),
    fields: (t) => ({ slug: t.exposeString("slug") }),
  });
  const City = builder.objectRef<CityKey>("City").implement({
    extensions: keyed("slug"),
    fields: (t) => ({ slug: t.exposeString("slug") }),
  });
  const Zone = builder.objectRef<ZoneKey>("Zone").implement({
    extensions: keyed("id"),
    fields: (t) => ({ id: t.exposeID("id") }),
  });
  return { City, Dataset, Zone };
}

export type Extended = ReturnType<typeof extendCatalogue>;

/** Loaders of these entities: a domain needs nothing but their keys. */
export const catalogueLoaders = {
  City: async (references: readonly Representation[]) => references.map(({ slug }) => ({ slug: String(slug) })),
  Dataset: async (references: readonly Representation[]) => references.map(({ slug }) => ({ slug: String(slug) })),
  Zone: async (references: readonly Representation[]) => references.map(({ id }) => ({ id: String(id) })),
};
