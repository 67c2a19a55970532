import { HubError } from "../../core/errors.ts";
import type { TimeWindow } from "../../core/time.ts";
import { mayReadWhole } from "../access.ts";
import type { Builder } from "../builder.ts";
import { type Connection, connect, NUMBERS } from "../connection.ts";
import type { Context } from "../context.ts";
import { opaqueId } from "../opaque.ts";
import { query } from "../query.ts";
import { pointer, type Values } from "../values.ts";
import { addKeys, destructionOf } from "./keys.ts";
import { addVerification } from "./verify.ts";

type ReleaseRow = {
  number: number;
  slot: string;
  dataset: string;
  version: number;
  from: number;
  to: number;
  abandoned: boolean;
  digest: string | null;
  epsilonMicro: number;
  deltaPico: number;
  logIndex: number | null;
  published: number;
};
type PopulationRow = {
  number: number;
  slug: string;
  unit: string;
  typicalUnits: number;
  capMicro: number;
  plannedMicro: number;
  controller: string;
  city: string;
};
type DebitRow = { dataset: string; version: number; epsilonMicro: number; deltaPico: number };
type Budget = { population: PopulationRow; day: string; debits: DebitRow[] };
type LeafRow = { index: number; kind: string; body: string; entry: string; hash: string };

const releaseRows = query<
  ReleaseRow,
  [
    dataset: string | null,
    from: number | null,
    to: number | null,
    after: string | null,
    before: string | null,
    inverted: boolean,
    limit: number,
  ]
>(new URL("./releases.sql", import.meta.url));
const populationRows = query<PopulationRow, [slug: string | null]>(new URL("./populations.sql", import.meta.url));
const debitRows = query<DebitRow, [population: number, day: string]>(new URL("./debits.sql", import.meta.url));
const leafRows = query<LeafRow, [after: string | null, before: string | null, inverted: boolean, limit: number]>(
  new URL("./leaves.sql", import.meta.url),
);

const spent = (debits: readonly DebitRow[]): number => debits.reduce((sum, { epsilonMicro }) => sum + epsilonMicro, 0);

/** What was released, what it cost, and the log of it. */
export function addTrust(builder: Builder, { Window, Withheld }: Values): void {
  const Dataset = pointer.dataset(builder);
  const Organization = pointer.organization(builder);
  const KeyRecord = addKeys(builder);
  addVerification(builder);
  const Period = builder.inputType("PeriodInput", {
    description: "A half-open period: windows that start in it are answered.",
    fields: (t) => ({
      from: t.field({ type: "DateTime", required: true }),
      to: t.field({ type: "DateTime", required: true }),
    }),
  });

  const Release = builder.objectRef<ReleaseRow>("Release").implement({
    description: "One published window of a dataset, written once.",
    fields: (t) => ({
      id: t.id({ resolve: ({ slot }) => opaqueId("Release", slot) }),
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      planVersion: t.exposeInt("version"),
      window: t.field({ type: Window, resolve: ({ from, to }) => ({ from, to }) }),
      epsilonPerDay: t.float({
        description: "ε that the dataset is debited for each unit-day of the window, once.",
        resolve: ({ epsilonMicro }) => epsilonMicro / 1e6,
      }),
      deltaPerDay: t.float({
        description: "δ of such a debit; 0 for Laplace noise.",
        resolve: ({ deltaPico }) => deltaPico / 1e12,
      }),
      valuesSha256: t.string({
        nullable: true,
        description: "Of the released vector; null when abandoned, and for who may not read all of its values.",
        resolve: async ({ digest, dataset, from, to }, _args, context) =>
          digest !== null && (await mayReadWhole(context, dataset, { from, to })) ? digest : null,
      }),
      logIndex: t.exposeInt("logIndex", {
        nullable: true,
        description: "Its place in the transparency log; null until its batch is signed. `verifyRelease` proves it.",
      }),
      publishedAt: t.field({ type: "DateTime", resolve: ({ published }) => published }),
      withheld: t.field({
        type: Withheld,
        nullable: true,
        resolve: ({ abandoned }) => (abandoned ? { reason: "SLOT_ABANDONED" } : null),
      }),
    }),
  });
  const ReleaseEdge = builder.edgeObject({ type: Release, name: "ReleaseEdge" });
  const Releases = builder.connectionObject({ type: Release, name: "ReleaseConnection" }, ReleaseEdge);

  const Population = builder.objectRef<PopulationRow>("Population").implement({
    description: "The units whose budget is kept together; it belongs to one controller.",
    fields: (t) => ({
      slug: t.exposeString("slug"),
      unit: t.exposeString("unit"),
      typicalUnitsPerPerson: t.exposeInt("typicalUnits"),
      cap: t.float({
        description: "ε of a unit-day that is never exceeded.",
        resolve: ({ capMicro }) => capMicro / 1e6,
      }),
      planned: t.float({ description: "What plans may use of it.", resolve: ({ plannedMicro }) => plannedMicro / 1e6 }),
      controller: t.field({
        type: Organization,
        resolve: ({ controller }) => ({ id: opaqueId("Organization", controller) }),
      }),
    }),
  });
  const Debit = builder.objectRef<DebitRow>("Debit").implement({
    description: "What one dataset spent of a day, once for all its windows.",
    fields: (t) => ({
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      planVersion: t.exposeInt("version"),
      epsilon: t.float({ resolve: ({ epsilonMicro }) => epsilonMicro / 1e6 }),
      delta: t.float({ resolve: ({ deltaPico }) => deltaPico / 1e12 }),
    }),
  });
  const BudgetType = builder.objectRef<Budget>("Budget").implement({
    description: "The privacy budget of a population on one local day.",
    fields: (t) => ({
      population: t.field({ type: Population, resolve: ({ population }) => population }),
      day: t.field({ type: "Date", resolve: ({ day }) => day }),
      cap: t.float({ resolve: ({ population }) => population.capMicro / 1e6 }),
      planned: t.float({ resolve: ({ population }) => population.plannedMicro / 1e6 }),
      spent: t.float({ resolve: ({ debits }) => spent(debits) / 1e6 }),
      remaining: t.float({
        description: "Of the cap.",
        resolve: ({ population, debits }) => (population.capMicro - spent(debits)) / 1e6,
      }),
      spentDelta: t.float({
        description: "δ of the day; never more than 1e-6.",
        resolve: ({ debits }) => debits.reduce((sum, { deltaPico }) => sum + deltaPico, 0) / 1e12,
      }),
      debits: t.field({ type: [Debit], resolve: ({ debits }) => debits }),
      keysDestroyed: t.field({
        type: KeyRecord,
        nullable: true,
        description: "The signed record of the destruction of the day's keys; null while they live.",
        resolve: ({ population, day }, _args, context) => destructionOf(context, population.number, day),
      }),
    }),
  });
  const Leaf = builder.objectRef<LeafRow>("LogLeaf").implement({
    description: "One entry of the transparency log, as it stands in the signed tree.",
    fields: (t) => ({
      index: t.exposeInt("index", { description: "Its place, from 0 and without gap." }),
      kind: t.exposeString("kind", {
        description:
          "RELEASE, ABANDONED, FACT, OUTAGE, KEY_DESTROYED, SIGNING_KEY, DEBIT, REQUESTS; of licences, as commitments: GRANT, " +
          "REFUSAL, LAPSE, SUSPENSION, RESUMPTION, REVOCATION, SURRENDER, EXPIRY.",
      }),
      body: t.exposeString("body", { description: "What is told, as JSON." }),
      entry: t.exposeString("entry", { description: "The bytes that are hashed: JSON {kind, leaf}." }),
      hash: t.exposeString("hash", {
        description: "SHA-256 of a zero byte and the entry (RFC 6962), hexadecimal.",
      }),
    }),
  });
  const LeafEdge = builder.edgeObject({ type: Leaf, name: "LogLeafEdge" });
  const Leaves = builder.connectionObject({ type: Leaf, name: "LogLeafConnection" }, LeafEdge);

  builder.queryFields((t) => ({
    releases: t.field({
      type: Releases,
      description: "Newest first.",
      args: { ...t.arg.connectionArgs(), dataset: t.arg.string(), period: t.arg({ type: Period }) },
      resolve: (_root, args, context) => pageOfReleases(context, args),
    }),
    populations: t.field({ type: [Population], resolve: (_root, _args, context) => populationRows(context, null) }),
    budget: t.field({
      type: BudgetType,
      nullable: true,
      description: "Null for a population that does not exist.",
      args: { population: t.arg.string({ required: true }), day: t.arg({ type: "Date", required: true }) },
      resolve: async (_root, { population: slug, day }, context) => {
        const [population] = await populationRows(context, slug);
        return population === undefined
          ? null
          : { population, day, debits: await debitRows(context, population.number, day) };
      },
    }),
    logLeaves: t.field({
      type: Leaves,
      description: "Newest first.",
      args: t.arg.connectionArgs(),
      resolve: (_root, args, context) =>
        connect<LeafRow>(
          args,
          ({ index }) => String(index),
          ({ after, before, inverted, limit }) => leafRows(context, after, before, inverted, limit),
          NUMBERS,
        ),
    }),
  }));
}

type Asked = Parameters<typeof connect<ReleaseRow>>[0] & {
  dataset?: string | null | undefined;
  period?: TimeWindow | null | undefined;
};

function pageOfReleases(context: Context, args: Asked): Promise<Connection<ReleaseRow>> {
  const { dataset, period } = args;
  if (period != null && !(period.from < period.to)) {
    throw new HubError("PERIOD_INVALID", "`period.from` must lie before `period.to`.", { field: "period" });
  }
  return connect<ReleaseRow>(
    args,
    ({ number }) => String(number),
    ({ after, before, inverted, limit }) =>
      releaseRows(context, dataset ?? null, period?.from ?? null, period?.to ?? null, after, before, inverted, limit),
    NUMBERS,
  );
}
