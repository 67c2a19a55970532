import { readingTypes } from "./batch.ts";
import { jsonSchema } from "./json-schema.ts";

type Node = {
  type?: string;
  additionalProperties?: unknown;
  properties?: Record<string, Node>;
  [key: string]: unknown;
};

function objects(node: unknown): Node[] {
  if (typeof node !== "object" || node === null) return [];
  const own = (node as Node).type === "object" ? [node as Node] : [];
  return [...own, ...Object.values(node).flatMap(objects)];
}

test("every object of the schema is closed: it is an allow-list", () => {
  const found = objects(jsonSchema());
  expect(found.length).toBeGreaterThan(Object.keys(readingTypes).length);
  for (const node of found) expect(node.additionalProperties).toBe(false);
});

test("the schema says what devices send: instants are texts, and every reading type is there", () => {
  const { properties } = jsonSchema() as { properties: { time: Node; readings: { items: { oneOf: Node[] } } } };
  expect(properties.time).toMatchObject({ type: "string", format: "date-time" });
  const kinds = properties.readings.items.oneOf.map((kind) => kind.properties?.["type"]?.["const"]);
  expect(new Set(kinds)).toEqual(new Set(Object.keys(readingTypes)));
});
