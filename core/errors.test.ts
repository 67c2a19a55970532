import { readFileSync } from "node:fs";
import { ERRORS, type ErrorCode, HubError, isErrorCode, problem } from "./errors.ts";
import { renderErrors } from "./errors-doc.ts";

const CODES = Object.keys(ERRORS) as ErrorCode[];

describe("the error registry", () => {
  it("gives every code an HTTP error status, a title and something to do", () => {
    for (const code of CODES) {
      const { status, title, action } = ERRORS[code];
      expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)*$/);
      expect(status >= 400 && status < 600).toBe(true);
      expect(title).not.toMatch(/[.|]$/);
      expect(action).toMatch(/\.$/);
    }
    expect(isErrorCode("NOT_FOUND")).toBe(true);
    expect(isErrorCode("toString")).toBe(false);
  });

  it("is what docs/errors.md says", () => {
    const page = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");
    // When this fails: npm run generate
    expect(page).toBe(renderErrors());
  });
});

describe("problem details", () => {
  it("tell field, rule and fix of a known error", () => {
    const error = new HubError("BATCH_INVALID", "The batch has no sequence.", {
      field: "sequence",
      rule: "a positive integer",
      fix: "count batches up from 1",
    });
    expect(problem(error)).toEqual({
      type: "/problems/BATCH_INVALID",
      title: ERRORS.BATCH_INVALID.title,
      status: 400,
      detail: "The batch has no sequence.",
      code: "BATCH_INVALID",
      action: ERRORS.BATCH_INVALID.action,
      errors: [{ field: "sequence", rule: "a positive integer", fix: "count batches up from 1" }],
    });
    expect(error.status).toBe(400);
  });

  it("fill in rule and fix from the registry, and report several faults together", () => {
    const one = problem(new HubError("NOT_FOUND", undefined, { field: "id" }));
    expect(one.errors).toEqual([{ field: "id", rule: ERRORS.NOT_FOUND.title, fix: ERRORS.NOT_FOUND.action }]);
    const errors = [1, 2].map((i) => ({ field: `readings[${i}]`, rule: "r", fix: "f" }));
    expect(problem(new HubError("BATCH_INVALID", "Two faults.", { errors })).errors).toEqual(errors);
  });

  it("tell nothing of an error that is not ours", () => {
    const text = JSON.stringify(problem(new Error("password hunter2 at 10.0.0.1")));
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text)).toMatchObject({ code: "INTERNAL", status: 500, errors: [] });
    expect(problem("x").code).toBe("INTERNAL");
  });

  it("keep the cause for the log, not for the answer", () => {
    const error = new HubError("SEAL_INVALID", undefined, { cause: new Error("inner"), retryAfter: 3 });
    expect(error.cause).toBeInstanceOf(Error);
    expect(error.retryAfter).toBe(3);
    expect(JSON.stringify(problem(error))).not.toContain("inner");
  });
});
