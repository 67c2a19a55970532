import { parse } from "graphql";
import { curlOf, exportHref, graphqlOf } from "./snippet.ts";

const question = {
  dataset: "sangmu-crowd",
  place: "plaza-1",
  from: "2026-11-20T00:00:00.000Z",
  to: "2026-11-21T00:00:00.000Z",
};

describe("the question for a program", () => {
  it("is a valid document", () => {
    expect(() => parse(graphqlOf(question))).not.toThrow();
    expect(() => parse(graphqlOf({ ...question, place: undefined }))).not.toThrow();
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
