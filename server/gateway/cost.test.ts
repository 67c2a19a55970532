import { buildSchema, type ExecutionArgs, parse } from "graphql";
import { COST_MAX, checkCost } from "./cost.ts";

const schema = buildSchema(`
  type Query { things(first: Int, last: Int): ThingConnection! plain: [Thing!]! series: Series! one: Thing any: Node }
  type ThingConnection { edges: [ThingEdge!]! nodes: [Thing!]! totalCount: Int! }
  type ThingEdge { node: Thing! cursor: String! }
  type Thing implements Node { name: String! things(first: Int, last: Int): ThingConnection! }
  interface Node { name: String! }
  type Series { step: String! }
`);
const cost = (source: string, variableValues: Record<string, unknown> = {}) =>
  checkCost({ schema, document: parse(source), variableValues } as unknown as ExecutionArgs);

describe("the cost of a question", () => {
  test("is one for each field that may be answered", () => {
    expect(cost("{ one { name } }")).toBe(2);
  });

  test("counts a connection's page once, by literal or variable", () => {
    const ten = 1 + 10 * (1 + 1);
    expect(cost("{ things(first: 10) { nodes { name } } }")).toBe(ten);
    expect(cost("query ($n: Int) { things(last: $n) { nodes { name } } }", { n: 10 })).toBe(ten);
  });

  test("multiplies pages in pages", () => {
    expect(cost("{ things(first: 10) { nodes { things(first: 10) { nodes { name } } } } }")).toBe(
      1 + 10 * (1 + (1 + 10 * 2)),
    );
  });

  test("takes a plain list for 20 entries and a series for what its SQL costs", () => {
    expect(cost("{ plain { name } }")).toBe(1 + 20);
    expect(cost("{ series { step } }")).toBe(201);
  });

  test("follows fragments", () => {
    expect(cost("{ one { ...f } } fragment f on Thing { name ... on Thing { name } }")).toBe(3);
  });

  test("counts what is asked of an interface", () => {
    expect(cost("{ any { name } }")).toBe(2);
  });

  test("is refused beyond the limit, with the way to ask less", () => {
    const deep =
      "{ things(first: 100) { nodes { things(first: 100) { nodes { things(first: 100) { nodes { name } } } } } } }";
    expect(() => cost(deep)).toThrow(`a question may cost ${COST_MAX}`);
  });
});
