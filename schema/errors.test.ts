import { GraphQLError } from "graphql";
import { HubError } from "../core/errors.ts";
import { maskError } from "./errors.ts";

const masked = (error: unknown) => {
  const reported: unknown[] = [];
  const { message, extensions } = maskError(error, (cause) => reported.push(cause));
  return { message, code: extensions["code"], reported: reported.length, extensions };
};

describe("errors of the graph", () => {
  test("an error of the registry keeps its code and says what to do", () => {
    const wrapped = new GraphQLError("wrapped", { originalError: new HubError("NOT_FOUND", "There is no such zone.") });
    expect(masked(wrapped)).toMatchObject({
      message: "There is no such zone.",
      code: "NOT_FOUND",
      reported: 0,
      extensions: { action: expect.stringContaining("catalogue") },
    });
  });

  test("an unknown error tells nothing of itself and is reported", () => {
    const secret = new Error("relation hub.secret at 10.0.0.1");
    const answer = masked(new GraphQLError(secret.message, { originalError: secret, path: ["zone"] }));
    expect(answer).toMatchObject({ code: "INTERNAL", reported: 1 });
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  test("a code outside the registry never passes", () => {
    expect(masked(new GraphQLError("x", { path: ["a"], extensions: { code: "SOMETHING" } })).code).toBe("INTERNAL");
  });

  test("a database that is away is UNAVAILABLE with the seconds to wait", () => {
    const away = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const answer = masked(new GraphQLError("connect", { originalError: away, path: ["zone"] }));
    expect(answer).toMatchObject({ code: "UNAVAILABLE", extensions: { retryAfter: 5 } });
  });

  test("a connection that is lost under a question is a store that is away, too", () => {
    const lost = new Error("Connection terminated unexpectedly");
    const answer = masked(new GraphQLError("lost", { originalError: lost, path: ["zone"] }));
    expect(answer).toMatchObject({ code: "UNAVAILABLE", reported: 0 });
  });

  test("an argument that the database cannot hold is the caller's to correct", () => {
    const refused = Object.assign(new Error("invalid byte sequence: secret"), { code: "22021" });
    const answer = masked(new GraphQLError(refused.message, { originalError: refused, path: ["zone"] }));
    expect(answer).toMatchObject({ code: "BAD_USER_INPUT", reported: 0 });
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  test("a document that graphql refuses is GRAPHQL_INVALID with its message", () => {
    expect(masked(new GraphQLError('Cannot query field "x" on type "Query".'))).toMatchObject({
      code: "GRAPHQL_INVALID",
      message: expect.stringContaining("Cannot query"),
    });
  });

  test("a variable that graphql refuses is GRAPHQL_INVALID too, wrapped as executors do", () => {
    const inner = new GraphQLError('Field "state" is not defined by type "RequestLicenceInput".');
    const wrapped = new GraphQLError(`Variable "$input" got invalid value; ${inner.message}`, { originalError: inner });
    expect(masked(wrapped)).toMatchObject({ code: "GRAPHQL_INVALID", reported: 0 });
    expect(masked(new GraphQLError("x", { originalError: inner, path: ["a"] })).code).toBe("INTERNAL");
  });
});
