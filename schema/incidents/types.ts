import { CAUSES, CERTAINTIES, SEVERITIES, URGENCIES } from "../../core/edge/incidents.ts";
import { HubError } from "../../core/errors.ts";
import type { TimeWindow } from "../../core/time.ts";
import { type Scopes, scopesOf, showing } from "../access.ts";
import { areaOf, isAround } from "../around.ts";
import { batch } from "../batch.ts";
import type { Builder } from "../builder.ts";
import { type Connection, connect } from "../connection.ts";
import type { Context } from "../context.ts";
import { keyOf, opaqueId } from "../opaque.ts";
import { query } from "../query.ts";
import type { SeriesTypes } from "../series/types.ts";
import type { Extended, LocalText, Values } from "../values.ts";
import { type Cause, KINDS, type Kind, type Severity, template, title } from "./words.ts";

/** Times in epoch ms. */
type IncidentRow = {
  position: string;
  id: string;
  dataset: string;
  category: Kind;
  severity: Severity;
  urgency: (typeof URGENCIES)[number];
  certainty: (typeof CERTAINTIES)[number];
  from: number;
  to: number | null;
  zone: string;
  slug: string;
  parent: string | null;
  geometry: object | null;
  published: number;
  snapped: boolean;
  cause: Cause | null;
  zoneName: LocalText;
  place: LocalText;
  timeZone: string;
};

const incidentRows = query<
  IncidentRow,
  [
    city: string | null,
    kinds: readonly string[] | null,
    zones: readonly string[] | null,
    from: number | null,
    to: number | null,
    open: boolean | null,
    now: number,
    after: string | null,
    before: string | null,
    inverted: boolean,
    limit: number | null,
    scope: string,
  ]
>(new URL("./incidents.sql", import.meta.url));
const zoneKeys = query<{ key: string }, [city: string | null, slug: string]>(
  new URL("./zone-key.sql", import.meta.url),
);

type Filters = {
  kind?: readonly Kind[] | null | undefined;
  period?: TimeWindow | null | undefined;
  open?: boolean | null | undefined;
};
type Where = {
  city?: string | null | undefined;
  zones?: readonly string[] | undefined;
  around?: string;
};
type PageArguments = Parameters<typeof connect<IncidentRow>>[0];
type Limit = Scopes["limited"][number];
type Found = Connection<IncidentRow> & { limited: readonly Limit[] };

const scopesOfEvents = (context: Context, city?: string | null): Promise<Scopes> =>
  scopesOf(context, (one) => one.kind === "EVENTS" && (city == null || one.city === city));

/** What may be read, as the SQL takes it. */
const scopeText = ({ parts }: Scopes): string =>
  JSON.stringify(
    parts.map(({ dataset, area, from, to }) => ({
      dataset,
      area: area === null ? null : [...area],
      from_ms: from,
      to_ms: to,
    })),
  );

/** Notes that these rows were answered. */
function counted<Rows extends readonly IncidentRow[]>(context: Context, { parts }: Scopes, rows: Rows): Rows {
  for (const { dataset, slug, from } of rows) {
    const licence = showing(parts, dataset, slug, from)?.licence ?? null;
    if (licence !== null) context.access.used(licence, dataset, 1);
  }
  return rows;
}

async function page(context: Context, args: PageArguments & Filters, { city, zones, around }: Where): Promise<Found> {
  const { kind, period, open } = args;
  if (period != null && !(period.from < period.to)) {
    throw new HubError("PERIOD_INVALID", "`period.from` must lie before `period.to`.", { field: "period" });
  }
  const area = around === undefined ? null : await areaOf(context, around);
  const places = around === undefined ? zones : [around, area?.area ?? around];
  const scopes = await scopesOfEvents(context, city);
  const connection = await connect<IncidentRow>(
    args,
    ({ position }) => position,
    ({ after, before, inverted, limit }) =>
      incidentRows(
        context,
        city ?? null,
        kind ?? null,
        places ?? null,
        period?.from ?? null,
        period?.to ?? null,
        open ?? null,
        context.now(),
        after,
        before,
        inverted,
        limit,
        scopeText(scopes),
      ),
  );
  counted(
    context,
    scopes,
    connection.edges.map(({ node }) => node),
  );
  return { ...connection, limited: scopes.limited };
}

const openAround = batch(async (context, zones) => {
  const areas = await Promise.all(zones.map(async (zone) => (await areaOf(context, zone))?.area ?? zone));
  const asked = [...zones, ...areas];
  const scopes = await scopesOfEvents(context);
  const now = context.now();
  const may = scopeText(scopes);
  const rows = counted(
    context,
    scopes,
    await incidentRows(context, null, null, asked, null, null, true, now, null, null, false, null, may),
  );
  const around = (zone: string, area: string) => rows.filter((row) => isAround(zone, area, row.zone, row.parent));
  return new Map(zones.map((zone, nth) => [zone, around(zone, areas[nth] ?? zone).length]));
});

/** What happens in the city: event rows about things. */
export function addIncidents(
  builder: Builder,
  { Text }: Values,
  { Period }: SeriesTypes,
  { City, Dataset, Zone }: Extended,
): void {
  const IncidentKind = builder.enumType("IncidentKind", { description: "Things, never persons.", values: KINDS });
  const Severity = builder.enumType("Severity", { description: "As in CAP 1.2.", values: SEVERITIES });
  const Urgency = builder.enumType("Urgency", { description: "As in CAP 1.2.", values: URGENCIES });
  const Certainty = builder.enumType("Certainty", { description: "As in CAP 1.2.", values: CERTAINTIES });

  const CauseFactor = builder.enumType("CauseFactor", { values: CAUSES });

  const Incident = builder.objectRef<IncidentRow>("Incident").implement({
    description: "The newest published revision of an event about a thing.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Incident", id) }),
      kind: t.field({ type: IncidentKind, resolve: ({ category }) => category }),
      title: t.field({ type: Text, resolve: ({ category, zoneName }) => title(category, zoneName) }),
      template: t.field({
        type: Text,
        description: "Sentences made of this row's fields; no free text is published.",
        resolve: ({ category, ...row }) => template({ kind: category, ...row }),
      }),
      snapped: t.exposeBoolean("snapped", {
        description:
          "Of a sensitive kind: the location is a public point with at least eight addresses, or null, and the time a block. It was told by at least five verified sources with another kind beside it, and is shown a day later.",
      }),
      timePrecision: t.string({
        nullable: true,
        description: "ISO 8601 duration that `from` and `to` are coarsened to, at least; null: not coarsened.",
        resolve: ({ snapped }) => (snapped ? "PT3H" : null),
      }),
      cause: t.field({
        type: CauseFactor,
        nullable: true,
        description: "Null while it is not known, or fewer than five sources agree on it.",
        resolve: ({ cause }) => cause,
      }),
      severity: t.field({ type: Severity, resolve: ({ severity }) => severity }),
      urgency: t.field({ type: Urgency, resolve: ({ urgency }) => urgency }),
      certainty: t.field({ type: Certainty, resolve: ({ certainty }) => certainty }),
      from: t.field({ type: "DateTime", resolve: ({ from }) => from }),
      to: t.field({
        type: "DateTime",
        nullable: true,
        description: "Null while its end is not known.",
        resolve: ({ to }) => to,
      }),
      open: t.boolean({ resolve: ({ from, to }, _args, { now }) => from <= now() && (to === null || to > now()) }),
      location: t.field({
        type: "GeoJSON",
        nullable: true,
        description: "Null where no public point is near: then nothing finer than the city is told.",
        resolve: ({ geometry }) => geometry,
      }),
      zone: t.field({ type: Zone, resolve: ({ zone }) => ({ id: opaqueId("Zone", zone) }) }),
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      publishedAt: t.field({ type: "DateTime", resolve: ({ published }) => published }),
    }),
  });
  const IncidentEdge = builder.edgeObject({ type: Incident, name: "IncidentEdge" });
  const LimitedDataset = builder.objectRef<Limit>("LimitedDataset").implement({
    description: "A dataset of which not all may be read by the one who asks: rows of it may be missing.",
    fields: (t) => ({
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      code: t.string({ description: "Of docs/errors.md.", resolve: ({ refusal }) => refusal.code }),
      reason: t.string({ resolve: ({ refusal }) => refusal.detail }),
      fix: t.string({ nullable: true, resolve: ({ refusal }) => refusal.fix ?? null }),
    }),
  });
  const limited = (of: Scopes["limited"]) => [...of];
  const Incidents = builder.connectionObject(
    {
      type: Incident,
      name: "IncidentConnection",
      fields: (t) => ({
        limited: t.field({
          type: [LimitedDataset],
          description: "Datasets whose incidents are not all among these, for want of a licence.",
          resolve: (found) => limited((found as Found).limited),
        }),
      }),
    },
    IncidentEdge,
  );

  const ZoneIncidents = builder.objectRef<{ key: string }>("ZoneIncidents").implement({
    description: "What happens around a zone: at it, directly within it or in the same area.",
    fields: (t) => ({
      open: t.int({
        description: "How many are open now.",
        resolve: async ({ key }, _args, context) => (await openAround(context, key)) ?? 0,
      }),
      limited: t.field({
        type: [LimitedDataset],
        description: "Datasets whose incidents are not all counted, for want of a licence.",
        resolve: async (_zone, _args, context) => limited((await scopesOfEvents(context)).limited),
      }),
      recent: t.field({
        type: Incidents,
        description: "Newest first.",
        args: {
          ...t.arg.connectionArgs(),
          kind: t.arg({ type: [IncidentKind] }),
          period: t.arg({ type: Period }),
          open: t.arg.boolean(),
        },
        resolve: ({ key }, args, context) => page(context, args, { around: key }),
      }),
    }),
  });

  builder.objectField(Zone, "incidents", (t) =>
    t.field({ type: ZoneIncidents, nullable: true, resolve: ({ id }) => ({ key: keyOf("Zone", id) }) }),
  );
  builder.objectField(City, "incidents", (t) =>
    t.field({
      type: Incidents,
      nullable: true,
      description: "Newest first.",
      args: {
        ...t.arg.connectionArgs(),
        kind: t.arg({ type: [IncidentKind] }),
        period: t.arg({ type: Period }),
        open: t.arg.boolean(),
      },
      resolve: ({ slug }, args, context) => page(context, args, { city: slug }),
    }),
  );
  builder.queryField("incidents", (t) =>
    t.field({
      type: Incidents,
      description: "Newest first.",
      args: {
        ...t.arg.connectionArgs(),
        city: t.arg.string(),
        kind: t.arg({ type: [IncidentKind] }),
        zone: t.arg.string({ description: "Slug: the zone and what is directly within it." }),
        period: t.arg({ type: Period, description: "Incidents that touch it." }),
        open: t.arg.boolean({ description: "True: open now; false: not open." }),
      },
      resolve: async (_root, { zone, ...args }, context) => {
        const zones =
          zone == null ? undefined : (await zoneKeys(context, args.city ?? null, zone)).map(({ key }) => key);
        return page(context, args, { city: args.city, zones });
      },
    }),
  );
}
