import { query } from "../query.ts";
import type { Market } from "./refs.ts";

type FiguresRow = {
  dataset: string | null;
  requests: number;
  granted: number;
  refused: number;
  lapsed: number;
  medianDays: number | null;
};
type Counts = Omit<FiguresRow, "dataset">;

const figureRows = query<FiguresRow, []>(new URL("./figures.sql", import.meta.url));
const NONE: Counts = { requests: 0, granted: 0, refused: 0, lapsed: 0, medianDays: null };

/** How the market decides, for everybody to see. */
export function addFigures({ builder, Dataset }: Market): void {
  const Counts = builder.objectRef<Counts>("DecisionCounts").implement({
    description: "What was asked and decided in the last 365 whole days.",
    fields: (t) => ({
      requests: t.exposeInt("requests"),
      granted: t.exposeInt("granted"),
      refused: t.exposeInt("refused"),
      lapsed: t.exposeInt("lapsed", { description: "Nobody decided in 45 days." }),
      medianDecisionDays: t.exposeInt("medianDays", {
        nullable: true,
        description: "Whole days from request to decision, rounded up.",
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
        const rows = await figureRows(context);
        const byDataset = rows.flatMap(({ dataset, ...row }) => (dataset === null ? [] : [{ dataset, ...row }]));
        return { all: rows.find(({ dataset }) => dataset === null) ?? NONE, byDataset };
      },
    }),
  }));
}
