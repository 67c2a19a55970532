import { composeServices, compositionHasErrors } from "@theguild/federation-composition";
import { parse } from "graphql";
import { subgraphSdl } from "./federation.ts";
import type { Subgraph } from "./subgraph.ts";

/** The SDL files of the graph by name: one a subgraph, the supergraph, and the API as clients see it. */
export function composeSdl(subgraphs: readonly Subgraph[]): Record<string, string> {
  const files: Record<string, string> = {};
  const services = subgraphs.map(({ name, schema }) => {
    const sdl = subgraphSdl(schema);
    files[`${name}.graphqls`] = sdl;
    return { name, url: `http://${name}.subgraph.invalid/graphql`, typeDefs: parse(sdl) };
  });
  const composed = composeServices(services);
  if (compositionHasErrors(composed)) {
    throw new Error(
      `The subgraphs do not compose:\n${composed.errors.map(({ message }) => `  ${message}`).join("\n")}`,
    );
  }
  files["supergraph.graphqls"] = composed.supergraphSdl;
  files["api.graphqls"] = composed.publicSdl;
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, `${text.trim()}\n`]));
}
