import { createBuilder } from "../builder.ts";
import { addDatasetSeries } from "../series/dataset.ts";
import { addSeries } from "../series/types.ts";
import { subgraph } from "../subgraph.ts";
import { addValues, catalogueLoaders, extendCatalogue } from "../values.ts";
import { addIncidents } from "./types.ts";

const builder = createBuilder();
const values = addValues(builder);
const series = addSeries(builder, values);
const catalogue = extendCatalogue(builder);
addDatasetSeries(builder, values, series, catalogue);
addIncidents(builder, values, series, catalogue);

/** What happens in cities: things, never persons. */
export const incidents = subgraph("incidents", builder, catalogueLoaders);
