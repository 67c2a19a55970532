import { createBuilder } from "../builder.ts";
import { subgraph } from "../subgraph.ts";
import { addValues, catalogueLoaders } from "../values.ts";
import { loadOrganizations } from "./organizations.ts";
import { addMarket } from "./types.ts";

const builder = createBuilder();
addMarket(builder, addValues(builder));

/** Who provides data, and on what terms. */
export const market = subgraph("market", builder, {
  Dataset: catalogueLoaders.Dataset,
  Organization: loadOrganizations,
});
