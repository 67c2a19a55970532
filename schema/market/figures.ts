import { query } from "../query.ts";
import type { Market } from "./refs.ts";

type FiguresRow = {
  dataset: string | null;
  requests: number;
  granted: number;
  refused: number;
  lapsed: number;
  withdrawn: number;
  medianDays: number | null;
};
type Counts = Omit<FiguresRow, "dataset">;

const DAY = 86_400_000;
const figureRows = query<FiguresRow, [since: string]>(new URL("./figures.sql", import.meta.url));
const NONE: Counts = { requests: 0, granted: 0, refused: 0, lapsed: 0, withdrawn: 0, medianDays: null };

/** How the market decides, for everybody to see. */
export function addFigures({ builder, Dataset }: Market): void {
  const Counts = builder.objectRef<Counts>("DecisionCounts").implement({
    description: "Requests of the last 365 days and what became of them so far.",
    fields: (t) => ({
      requests: t.exposeInt("requests"),
      granted: t.exposeInt("granted"),
      refused: t.exposeInt("refused"),
      lapsed: t.exposeInt("lapsed", { description: "Nobody decided in 45 days." }),
      withdrawn: t.exposeInt("withdrawn"),
      medianDecisionDays: t.exposeFloat("medianDays", {
        nullable: true,
        description: "Days from request to decision, to a tenth.",
      }),
    }),
  });
  const OfDataset = builder.objectRef<Counts & { dataset: string }>("DatasetDecisions").implement({
    fields: (t) => ({
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      counts: t.field({ type: Counts, resolve: (row) => row }),
    }),
  });
  const Figures = builder
    .objectRef<{ all: Counts; byDataset: (Counts & { dataset: string })[] }>("MarketFigures")
    .implement({
      fields: (t) => ({
        all: t.field({ type: Counts, resolve: ({ all }) => all }),
        byDataset: t.field({ type: [OfDataset], resolve: ({ byDataset }) => byDataset }),
      }),
    });
  builder.queryFields((t) => ({
    marketFigures: t.field({
      type: Figures,
      resolve: async (_root, _args, context) => {
        const rows = await figureRows(context, new Date(context.now() - 365 * DAY).toISOString());
        const byDataset = rows.flatMap(({ dataset, ...row }) => (dataset === null ? [] : [{ dataset, ...row }]));
        return { all: rows.find(({ dataset }) => dataset === null) ?? NONE, byDataset };
      },
    }),
  }));
}
