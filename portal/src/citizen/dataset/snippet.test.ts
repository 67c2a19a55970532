import { parse } from "graphql";
import { curlOf, exportHref, graphqlOf } from "./snippet.ts";

const question = {
  dataset: "sangmu-crowd",
  area: { places: ["plaza-1"] },
  from: "2026-11-20T00:00:00.000Z",
  to: "2026-11-21T00:00:00.000Z",
  step: null,
  destination: null,
  category: null,
};

describe("the question for a program", () => {
  it("is a valid document", () => {
    expect(() => parse(graphqlOf(question))).not.toThrow();
    expect(() => parse(graphqlOf({ ...question, area: null }))).not.toThrow();
  });

  it("asks for the shown step, sum and pair", () => {
    const pair = graphqlOf({ ...question, destination: "plaza-2" });
    expect(() => parse(pair)).not.toThrow();
    expect(pair).toContain('# shown on the page: place "plaza-1", destination "plaza-2"');
    expect(pair).toContain("start place destination value");
    const sum = graphqlOf({ ...question, area: { places: ["a", "b"], sum: true }, step: "P1D" });
    expect(() => parse(sum)).not.toThrow();
    expect(sum).toContain("sum: true");
    expect(sum).toContain('step: "P1D"');
  });

  it("survives the shell as one JSON body", () => {
    const command = curlOf({ ...question, dataset: "it's" }, "http://hub.example");
    const body = /-d '([^']*)'$/.exec(command)?.[1] ?? "";
    expect(JSON.parse(body).query).toContain('"it\'s"');
  });

  it("limits a file to period and place", () => {
    expect(exportHref("/exports/x.csv", { from: question.from, to: question.to }, "plaza-1")).toBe(
      "/exports/x.csv?from=2026-11-20T00%3A00%3A00.000Z&to=2026-11-21T00%3A00%3A00.000Z&area=plaza-1",
    );
    expect(exportHref("/exports/x.csv", null, undefined)).toBe("/exports/x.csv");
  });
});
