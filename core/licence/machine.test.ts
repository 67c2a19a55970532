import { ACTIONS, actionsOf, next, STATES, TRANSITIONS } from "./machine.ts";

const FINAL = ["EXPIRED", "REVOKED", "LAPSED", "WITHDRAWN"] as const;

describe("the state machine", () => {
  test("has at most one step for a state and an action", () => {
    const pairs = TRANSITIONS.map(({ from, action }) => `${from} ${action}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { from, action, to } of TRANSITIONS) expect(next(from, action)?.to).toBe(to);
  });

  test("refuses every other of the pairs of a state and an action", () => {
    const steps = new Set(TRANSITIONS.map(({ from, action }) => `${from} ${action}`));
    const refused = STATES.flatMap((state) => ACTIONS.map((action) => [state, action] as const)).filter(
      ([state, action]) => next(state, action) === null,
    );
    expect(refused).toHaveLength(STATES.length * ACTIONS.length - (TRANSITIONS.length - 1));
    for (const [state, action] of refused) expect(steps.has(`${state} ${action}`)).toBe(false);
  });

  test("begins with a request alone, reaches every state, and never leaves the last ones", () => {
    expect(TRANSITIONS.filter(({ from }) => from === "NONE").map(({ action, to }) => [action, to])).toEqual([
      ["REQUEST", "REQUESTED"],
    ]);
    const reached = new Set(["REQUESTED"]);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const { from, to } of TRANSITIONS) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...STATES].sort());
    for (const state of FINAL) for (const action of ACTIONS) expect(next(state, action)).toBeNull();
  });

  test("leads to ACTIVE only through a steward's approval", () => {
    const without = TRANSITIONS.filter(({ action }) => action !== "APPROVE");
    const reached = new Set<string>(["NONE"]);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const { from, to } of without) if (reached.has(from)) reached.add(to);
    }
    expect(reached.has("ACTIVE")).toBe(false);
    for (const { action, by } of TRANSITIONS) if (action === "APPROVE") expect(by).toEqual(["STEWARD"]);
  });

  test("gives neither side the other's steps, nor anybody those of time", () => {
    expect(actionsOf("REQUESTED", "STEWARD")).toEqual(["ASK", "APPROVE", "REFUSE"]);
    expect(actionsOf("REQUESTED", "APPLICANT")).toEqual(["WITHDRAW"]);
    expect(actionsOf("APPROVED", "APPLICANT")).toEqual(["ACTIVATE", "WITHDRAW"]);
    for (const state of STATES) {
      const people = [...actionsOf(state, "APPLICANT"), ...actionsOf(state, "STEWARD")];
      expect(people).not.toContain("EXPIRE");
      expect(people).not.toContain("LAPSE");
    }
  });

  test("lets a refusal be appealed once", () => {
    expect(actionsOf("REFUSED", "APPLICANT")).toEqual(["APPEAL"]);
    expect(actionsOf("REFUSED", "APPLICANT", true)).toEqual([]);
  });
});
