import { createBuilder } from "../builder.ts";
import { subgraph } from "../subgraph.ts";
import { addValues } from "../values.ts";
import { addTrust } from "./types.ts";

const builder = createBuilder();
addTrust(builder, addValues(builder));

/** What was released, what it cost of whose privacy, and the log of it. */
export const trust = subgraph("trust", builder);
