import fc from "fast-check";
import { ACTIONS, actionsOf, STATES } from "../../core/licence/machine.ts";
import { MEMBER_ROLES, type Principal, REALM_ROLES } from "../../core/licence/principal.ts";
import { allowedActions } from "./actions.ts";
import type { LicenceRow } from "./rows.ts";

const BAKERY = "bakery";
const licence = (more: Partial<LicenceRow> = {}): LicenceRow =>
  ({
    state: "REQUESTED",
    organization: BAKERY,
    requestedBy: "owner",
    appealed: false,
    firstApprover: null,
    refusedBy: null,
    ...more,
  }) as LicenceRow;

const person = (name: string, roles: readonly string[], role: string | null = null): Principal =>
  ({
    kind: "PERSON",
    person: name,
    roles,
    memberships: role === null ? [] : [{ organization: BAKERY, role }],
    expiresAt: 1,
  }) as Principal;

const members = fc.option(fc.constantFrom(...MEMBER_ROLES));
const states = fc.constantFrom(...STATES);
const names = fc.constantFrom("owner", "first", "other");

test("whatever is allowed is a step of the machine, of the caller's side", () => {
  fc.assert(
    fc.property(
      states,
      names,
      fc.subarray([...REALM_ROLES]),
      members,
      fc.boolean(),
      (state, name, roles, role, appealed) => {
        const row = licence({ state, appealed, firstApprover: "first", refusedBy: ["first"] });
        const side = role === null ? "STEWARD" : "APPLICANT";
        const possible = actionsOf(state, side, appealed);
        for (const action of allowedActions(row, person(name, roles, role))) expect(possible).toContain(action);
      },
    ),
  );
});

test("nobody decides without the office, for an organisation of their own, or on their own request", () => {
  fc.assert(
    fc.property(states, names, fc.subarray([...REALM_ROLES]), members, (state, name, roles, role) => {
      const allowed = allowedActions(licence({ state }), person(name, roles, role));
      const decides = allowed.some((action) =>
        ["APPROVE", "REFUSE", "ASK", "SUSPEND", "RESUME", "REVOKE"].includes(action),
      );
      const may = role === null && name !== "owner" && (roles.includes("steward") || roles.includes("admin"));
      expect(decides && !may).toBe(false);
    }),
  );
  expect(allowedActions(licence(), person("other", ["steward"]))).toEqual(["ASK", "APPROVE", "REFUSE"]);
});

test("the first approver is not the second, and who refused does not decide the appeal", () => {
  const steward = (name: string) => person(name, ["steward"]);
  expect(allowedActions(licence({ firstApprover: "first" }), steward("first"))).toEqual(["ASK", "REFUSE"]);
  expect(allowedActions(licence({ firstApprover: "first" }), steward("other"))).toContain("APPROVE");
  expect(allowedActions(licence({ refusedBy: ["first"], appealed: true }), steward("first"))).toEqual(["ASK"]);
  expect(allowedActions(licence({ refusedBy: ["first"], appealed: true }), steward("other"))).toContain("APPROVE");
});

test("of members, viewers look on, developers ask, and who commits the organisation manages it", () => {
  const of = (role: string, more: Partial<LicenceRow>) => allowedActions(licence(more), person("x", [], role));
  expect([of("VIEWER", {}), of("DEVELOPER", {})]).toEqual([[], ["WITHDRAW"]]);
  expect([of("DEVELOPER", { state: "APPROVED" }), of("MANAGER", { state: "APPROVED" })]).toEqual([
    ["WITHDRAW"],
    ["ACTIVATE", "WITHDRAW"],
  ]);
  expect([of("OWNER", { state: "REFUSED" }), of("OWNER", { state: "REFUSED", appealed: true })]).toEqual([
    ["APPEAL"],
    [],
  ]);
});

test("a key, a client and nobody can do nothing, whatever their roles", () => {
  const others: Principal[] = [
    { kind: "ANONYMOUS" },
    { kind: "CLIENT", client: "hub", roles: ["admin", "steward"], expiresAt: 1 },
    { kind: "KEY", key: "k", organization: BAKERY, licence: "l", environment: "live", scopes: [], expiresAt: null },
  ];
  for (const state of STATES) {
    for (const principal of others) expect(allowedActions(licence({ state }), principal)).toEqual([]);
  }
  expect(ACTIONS.length).toBeGreaterThan(10);
});
