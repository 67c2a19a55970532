import SchemaBuilder from "@pothos/core";
import { composeServices, compositionHasErrors } from "@theguild/federation-composition";
import { graphql, graphqlSync, parse } from "graphql";
import { federate, type Representation } from "./federation.ts";

function zones(loads: Representation[][], withKey = true) {
  const builder = new SchemaBuilder<{ Objects: { Zone: { slug: string } } }>({});
  builder.objectType("Zone", {
    ...(withKey && { extensions: { directives: { key: [{ fields: "slug" }] } } }),
    fields: (t) => ({ slug: t.exposeString("slug"), loud: t.string({ resolve: (zone) => zone.slug.toUpperCase() }) }),
  });
  builder.queryType({ fields: (t) => ({ ping: t.string({ resolve: () => "pong" }) }) });
  const load = async (references: readonly Representation[]) => {
    loads.push([...references]);
    return references.map(({ slug }) => (slug === "nowhere" ? null : { slug }));
  };
  return federate(builder.toSchema(), { Zone: load });
}

describe("a federated subgraph", () => {
  test("prints the link and the keys, so that the composition takes it", () => {
    const schema = zones([]);
    const answer = graphqlSync({ schema, source: "{ _service { sdl } }" });
    const { sdl } = (answer.data as { _service: { sdl: string } })._service;
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.6"');
    expect(sdl).toContain('type Zone @key(fields: "slug")');
    expect(sdl).not.toContain("_entities");
    const composed = composeServices([{ name: "zones", url: "http://zones", typeDefs: parse(sdl) }]);
    expect(compositionHasErrors(composed)).toBe(false);
  });

  test("loads all references of a type at once and answers in their order, null where there is none", async () => {
    const loads: Representation[][] = [];
    const answer = await graphql({
      schema: zones(loads),
      source: "query ($all: [_Any!]!) { _entities(representations: $all) { ... on Zone { loud } } }",
      variableValues: { all: ["b", "nowhere", "a"].map((slug) => ({ __typename: "Zone", slug })) },
    });
    expect(answer).toEqual({ data: { _entities: [{ loud: "B" }, null, { loud: "A" }] } });
    expect(loads).toHaveLength(1);
  });

  test("refuses a representation that does not name its type", async () => {
    const answer = await graphql({
      schema: zones([]),
      source: "query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }",
      variableValues: { all: ["text"] },
    });
    expect(answer.errors?.[0]?.message).toContain("__typename");
  });

  test("does not start with an entity that has no key", () => {
    expect(() => zones([], false)).toThrow("has no type with a key");
  });
});
