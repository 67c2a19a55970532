import { createBuilder } from "../builder.ts";
import { addDatasetSeries } from "../series/dataset.ts";
import { addSeries } from "../series/types.ts";
import { subgraph } from "../subgraph.ts";
import { addValues, catalogueLoaders, extendCatalogue } from "../values.ts";
import { addMobility } from "./types.ts";

const builder = createBuilder();
const values = addValues(builder);
const series = addSeries(builder, values);
const catalogue = extendCatalogue(builder);
addDatasetSeries(builder, values, series, catalogue);
addMobility(builder, values, series, catalogue);

/** How people and vehicles move. */
export const mobility = subgraph("mobility", builder, catalogueLoaders);
