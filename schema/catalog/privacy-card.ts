import { type CardInput, makeCard, type PrivacyCard } from "../../core/privacy/card.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";

type CardRow = Omit<CardInput, "dataset"> & { slug: string };

const cardRows = query<CardRow, [slugs: readonly string[], now: number]>(
  new URL("./privacy-cards.sql", import.meta.url),
);

/** The privacy card of a dataset as it stands today; null where there is no such dataset. */
export async function privacyCardOf(context: Context, dataset: string): Promise<PrivacyCard | null> {
  const [row] = await cardRows(context, [dataset], context.now());
  return row === undefined ? null : makeCard({ ...row, dataset });
}
