import { readFileSync } from "node:fs";
import { buildSchema, isEnumType, isObjectType } from "graphql";
import { composeSdl } from "./compose.ts";
import { subgraphs } from "./subgraphs.ts";

const files = composeSdl(subgraphs);

describe("the graph", () => {
  test("is the one that is committed", () => {
    for (const [name, text] of Object.entries(files)) {
      expect(readFileSync(new URL(`./sdl/${name}`, import.meta.url), "utf8")).toBe(text);
    }
  });

  test("names no address of a machine", () => {
    const urls = [...(files["supergraph.graphqls"] ?? "").matchAll(/@join__graph\(name: "(\w+)", url: "([^"]+)"\)/g)];
    expect(urls.map(([, name, url]) => [name, url])).toEqual(
      subgraphs
        .map(({ name }) => name)
        .sort()
        .map((name) => [name, `http://${name}.subgraph.invalid/graphql`]),
    );
  });

  test("has no list of things but connections, columns and lists of a known size", () => {
    const schema = buildSchema(files["api.graphqls"] ?? "");
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || !type.name.endsWith("Connection")) continue;
      expect(Object.keys(type.getFields())).toEqual(expect.arrayContaining(["edges", "nodes", "pageInfo"]));
    }
  });

  test("withholds for reasons of a closed list", () => {
    const reasons = buildSchema(files["api.graphqls"] ?? "").getType("WithheldReason");
    expect(isEnumType(reasons) && reasons.getValues().map(({ name }) => name)).toEqual([
      "FEED_SILENT",
      "LICENCE_SCOPE",
      "NOT_RELEASED",
      "SLOT_ABANDONED",
    ]);
  });
});
