import { createBuilder } from "../builder.ts";
import type { Context } from "../context.ts";
import type { Representation } from "../federation.ts";
import { keyOf } from "../opaque.ts";
import { subgraph } from "../subgraph.ts";
import { addValues } from "../values.ts";
import { addDatasets } from "./dataset.ts";
import { cityRows, datasetRows, zoneRows } from "./rows.ts";
import { addPlaces } from "./zone.ts";

const builder = createBuilder();
const values = addValues(builder);
const places = addPlaces(builder, values);
addDatasets(builder, values, places);

const inOrder = <Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOfRow: (row: Row) => string,
): (Row | null)[] => {
  const byKey = new Map(rows.map((row) => [keyOfRow(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
};

async function loadCities(references: readonly Representation[], context: Context) {
  const slugs = references.map(({ slug }) => String(slug));
  return inOrder(slugs, await cityRows(context, slugs), ({ slug }) => slug);
}

async function loadZones(references: readonly Representation[], context: Context) {
  const keys = references.map(({ id }) => keyOf("Zone", id));
  const rows = await zoneRows(context, keys, null, null, null, null, null, null, null, false, null);
  return inOrder(keys, rows, ({ key }) => key);
}

async function loadDatasets(references: readonly Representation[], context: Context) {
  const slugs = references.map(({ slug }) => String(slug));
  const rows = await datasetRows(context, slugs, null, null, null, null, null, null, null, false, null);
  return inOrder(slugs, rows, ({ slug }) => slug);
}

/** What there is: cities, their zones, and the datasets with plan, privacy card and places. */
export const catalog = subgraph("catalog", builder, { City: loadCities, Dataset: loadDatasets, Zone: loadZones });
