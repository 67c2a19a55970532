// Questions that would hurt the hub or make no sense: refused by shape or cost, before anything runs, with codes.
import { scenario } from "../../support/environment.ts";
import { ask, data, refusal } from "./ask.ts";

const nested = (depth: number): string =>
  '{ zone(slug: "x") '.concat("{ parent ".repeat(depth), "{ slug }", " }".repeat(depth), " }");

scenario("limits of the graph", ({ url }) => {
  test("a deep document is refused", async () => {
    expect(await refusal(url, nested(30))).toMatchObject({ code: "LIMIT_EXCEEDED", field: "query" });
    expect((await ask(url, nested(5))).errors).toBeUndefined();
  });

  test("an alias bomb is refused", async () => {
    const bomb = Array.from({ length: 60 }, (_, nth) => `a${nth}: cities { slug }`).join(" ");
    expect(await refusal(url, `{ ${bomb} }`)).toMatchObject({
      code: "LIMIT_EXCEEDED",
      message: expect.stringContaining("alias"),
    });
  });

  test("fragments that double each other are refused", async () => {
    const names = Array.from({ length: 24 }, (_, nth) => `f${nth}`);
    const bomb = names.map((name, nth) =>
      nth === names.length - 1
        ? `fragment ${name} on City { slug }`
        : `fragment ${name} on City { ...f${nth + 1} ...f${nth + 1} }`,
    );
    expect(await refusal(url, `{ city { ...f0 } } ${bomb.join(" ")}`)).toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  test("fragments in a circle are refused", async () => {
    const circle = "{ city { ...a } } fragment a on City { ...b } fragment b on City { ...a }";
    expect(await refusal(url, circle)).toMatchObject({ code: "GRAPHQL_INVALID" });
  });

  test("a document of too many tokens is refused", async () => {
    expect(await refusal(url, `{ ${"cities { slug } ".repeat(800)} }`)).toMatchObject({ code: "GRAPHQL_INVALID" });
  });

  test("nested pages that would answer too much are refused before they run", async () => {
    const query =
      "{ cities { zones(first: 100) { nodes { within(first: 100) { nodes { within(first: 100) { nodes { slug } } } } } } } }";
    expect(await refusal(url, query)).toMatchObject({
      code: "LIMIT_EXCEEDED",
      message: expect.stringContaining("points"),
    });
    const sized =
      "query ($n: Int!) { cities { zones(first: $n) { nodes { within(first: $n) { nodes { slug parent { slug } } } } } } }";
    expect(await refusal(url, sized, { n: 100 })).toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect((await ask(url, sized, { n: 3 })).errors).toBeUndefined();
  });

  test("a list asks for its page, at most 100", async () => {
    expect(await refusal(url, "{ datasets { nodes { slug } } }")).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "first",
    });
    expect(await refusal(url, "{ datasets(first: 101) { nodes { slug } } }")).toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(await refusal(url, '{ datasets(first: 1, after: "?") { nodes { slug } } }')).toMatchObject({
      field: "after",
    });
  });

  test("pages follow each other in both directions without a gap", async () => {
    type Page = { datasets: { nodes: { slug: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
    const query =
      "query ($after: String) { datasets(first: 3, after: $after) { nodes { slug } pageInfo { endCursor hasNextPage } } }";
    const forward: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: Page = await data<Page>(url, query, { after });
      forward.push(...page.datasets.nodes.map(({ slug }) => slug));
      if (!page.datasets.pageInfo.hasNextPage) break;
      after = page.datasets.pageInfo.endCursor;
    }
    expect(forward).toEqual([...new Set(forward)].sort());
    const last = await data<Page>(url, "{ datasets(last: 2) { nodes { slug } pageInfo { endCursor hasNextPage } } }");
    expect(last.datasets.nodes.map(({ slug }) => slug)).toEqual(forward.slice(-2));
  });

  test("batches, mutations and other content types are refused", async () => {
    const post = async (body: string, type: string) => {
      const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": type }, body });
      return { status: response.status, ...((await response.json()) as { code?: string }) };
    };
    expect(await post('[{"query":"{cities{slug}}"}]', "application/json")).toMatchObject({
      status: 400,
      code: "BAD_USER_INPUT",
    });
    expect(await post("{cities{slug}}", "application/graphql")).toMatchObject({ status: 415, code: "CONTENT_TYPE" });
    expect(await post(`{"query":"${" ".repeat(70_000)}"}`, "application/json")).toMatchObject({
      status: 413,
      code: "BODY_TOO_LARGE",
    });
    expect(await refusal(url, "mutation { x }")).toMatchObject({ code: "GRAPHQL_INVALID" });
  });

  test("introspection is allowed", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    const { __schema } = await data<{ __schema: { types: { name: string }[] } }>(url, getIntrospectionQuery());
    expect(__schema.types.map(({ name }) => name)).toEqual(expect.arrayContaining(["Dataset", "Series", "ZoneCrowd"]));
  });

  test("an id or a text from elsewhere is no fault of ours", async () => {
    for (const text of ["'; DROP TABLE hub.city; --", "\u0000", "%", "🙂".repeat(500)]) {
      const { errors } = await ask(
        url,
        "query ($t: String!) { zone(slug: $t) { slug } dataset(slug: $t) { slug } datasets(search: $t, first: 1) { totalCount } }",
        { t: text },
      );
      expect((errors ?? []).map(({ extensions }) => extensions.code)).not.toContain("INTERNAL");
    }
  });
});
