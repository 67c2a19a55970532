// The front door itself: headers, files, addresses, and what it says when it cannot answer.
import { request } from "node:http";
import { scenario } from "../../support/environment.ts";

scenario("the front door", ({ url }) => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { headers, redirect: "manual" });

  test("every answer of its own carries the strict policy", async () => {
    for (const path of ["/", "/healthz", "/graphql", "/exports/none.csv", "/problems/NOT_FOUND", "/no/such.file"]) {
      const { headers } = await get(path);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("is alive and ready", async () => {
    expect((await get("/healthz")).status).toBe(200);
    expect(await (await get("/readyz")).json()).toEqual({ status: "ready" });
  });

  test("the portal's pages are one document, its hashed files immutable", async () => {
    const home = await get("/");
    expect(home.headers.get("content-type")).toContain("text/html");
    const page = await home.text();
    expect(await (await get("/datasets/anything")).text()).toBe(page);
    const asset = /(?:src|href)="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
    if (asset === undefined) throw new Error("the page loads no script");
    const script = await get(asset, { "accept-encoding": "gzip" });
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect(script.headers.get("content-encoding")).toBe("gzip");
    const again = await get(asset, { "if-none-match": script.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
  });

  test("nothing outside the portal's folder is served", async () => {
    for (const path of ["/../package.json", "/..%2f..%2fpackage.json", "/assets/../../config.ts", "//etc/passwd.txt"]) {
      const status = await new Promise((resolve, reject) => {
        const { hostname, port } = new URL(url);
        request({ host: hostname, port, path }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on("error", reject)
          .end();
      });
      expect(status).toBe(404);
    }
  });

  test("a browser that opens the endpoint is told how to ask, and gets the schema", async () => {
    expect(await (await get("/graphql", { accept: "text/html" })).text()).toContain("POST");
    expect(await (await get("/graphql/schema.graphqls")).text()).toContain("type Dataset");
    const asked = await get(`/graphql?query=${encodeURIComponent("{cities{slug}}")}`);
    expect(await asked.json()).toHaveProperty("data.cities");
  });

  test("an error code has its page, and problems name it", async () => {
    const wrong = await get("/exports/none.csv");
    expect(wrong.headers.get("content-type")).toBe("application/problem+json");
    const problem = (await wrong.json()) as { type: string; status: number };
    expect(problem).toMatchObject({ type: "/problems/NOT_FOUND", status: 404 });
    expect(await (await get(problem.type)).text()).toContain("NOT_FOUND");
  });

  test("parameters of an export are checked", async () => {
    const { code, errors } = (await (await get("/exports/sangmu-plaza-crowd.csv?from=yesterday")).json()) as {
      code: string;
      errors: { field: string }[];
    };
    expect([code, errors[0]?.field]).toEqual(["BAD_USER_INPUT", "from"]);
    expect((await get("/exports/sangmu-plaza-crowd.csv?form=x")).status).toBe(400);
  });

  test("other methods are refused with those that are allowed", async () => {
    const response = await fetch(`${url}/readyz`, { method: "DELETE" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  test("what is meant for the intake reaches it unchanged", async () => {
    const schema = await get("/edge/v1/schema.json");
    expect(schema.status).toBe(200);
    const unsigned = await fetch(`${url}/edge/v1/batches`, { method: "POST", body: "{}" });
    expect(unsigned.headers.get("content-type")).toContain("application/problem+json");
    expect(unsigned.status).toBeGreaterThanOrEqual(400);
    expect(unsigned.status).toBeLessThan(500);
  });
});
