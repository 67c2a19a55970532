import { ANONYMOUS, endOf, hasMembership, hasRole, type Principal, rolesAmong } from "./principal.ts";

const person: Principal = {
  kind: "PERSON",
  person: "one",
  roles: ["developer"],
  memberships: [{ organization: "bakery", role: "VIEWER" }],
  expiresAt: 5,
};

test("roles are those of the closed list, whatever else a token says", () => {
  expect(rolesAmong(["admin", "root", "ADMIN", 7, "citizen"])).toEqual(["citizen", "admin"]);
  expect(rolesAmong("admin")).toEqual([]);
  expect(rolesAmong({ includes: true })).toEqual([]);
});

test("a role or a place in an organisation is had by whom it is named for alone", () => {
  expect([hasRole(person, "developer"), hasRole(person, "admin"), hasRole(ANONYMOUS, "developer")]).toEqual([
    true,
    false,
    false,
  ]);
  expect([
    hasMembership(person, "bakery", "VIEWER"),
    hasMembership(person, "bakery", "OWNER", "MANAGER"),
    hasMembership(person, "brewery", "VIEWER"),
  ]).toEqual([true, false, false]);
});

test("a credential ends when it says, and one without an end never does by itself", () => {
  expect([endOf(person), endOf(ANONYMOUS)]).toEqual([5, Infinity]);
});
