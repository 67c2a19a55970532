import { catalog } from "./catalog/subgraph.ts";
import { crowd } from "./crowd/subgraph.ts";
import { incidents } from "./incidents/subgraph.ts";
import { market } from "./market/subgraph.ts";
import { mobility } from "./mobility/subgraph.ts";
import type { Subgraph } from "./subgraph.ts";
import { trust } from "./trust/subgraph.ts";

/** The parts of the graph. A new domain is one more folder of the same shape and one more line here. */
export const subgraphs: readonly Subgraph[] = [catalog, crowd, mobility, incidents, market, trust];
