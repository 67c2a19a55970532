import { faultsOf, firstDay, firstDraft, localDay, type RequestDraft, renewalDraft, stepsFrom } from "./request.ts";

const TODAY = "2026-11-27";
const good: RequestDraft = {
  ...firstDraft({ from: "2026-10-28", today: TODAY }, "PT15M", 100_000, "org"),
  purpose: "LOGISTICS",
  purposeText: "Plan delivery rounds so that they avoid the busiest hours.",
  accepted: true,
};

describe("a request for access", () => {
  it("is whole when each step is", () => {
    expect([0, 1, 2].flatMap((step) => faultsOf(good, step, TODAY))).toEqual([]);
  });

  it.each([
    ["a purpose in a few words only", { purposeText: "testing" }, 0, ["purposeText.short"]],
    [
      "no organisation and no purpose",
      { organization: "", purpose: "" },
      0,
      ["organization.missing", "purpose.missing"],
    ],
    ["chosen zones without one", { reach: "zones", area: [] }, 1, ["area.missing"]],
    ["a last day that is over", { to: "2026-11-26" }, 1, ["to.past"]],
    ["a last day before the first", { from: "2026-12-02", to: "2026-12-01" }, 1, ["to.before"]],
    ["ten years", { to: "2036-11-27" }, 1, ["to.far"]],
    ["half a value", { quota: 0.5 }, 1, ["quota.missing"]],
    ["a negative quota", { quota: -5 }, 1, ["quota.missing"]],
    ["more than numbers can hold", { quota: 1e300 }, 1, ["quota.missing"]],
    ["terms that nobody accepted", { accepted: false }, 2, ["accepted.missing"]],
  ] as const)("is stopped at %s", (_, change, step, faults) => {
    expect(faultsOf({ ...good, ...change } as RequestDraft, step, TODAY)).toEqual(faults);
  });

  it("offers whole multiples of the finest resolution only", () => {
    expect(stepsFrom("PT15M")).toEqual(["PT15M", "PT30M", "PT1H", "PT3H", "P1D"]);
    expect(stepsFrom("PT10M")).toEqual(["PT10M", "PT30M", "PT1H", "PT3H", "P1D"]);
    expect(stepsFrom("P1D")).toEqual(["P1D"]);
  });

  it("counts days on the city's calendar", () => {
    expect(localDay(Date.parse("2026-11-26T15:30:00Z"), "Asia/Seoul")).toBe("2026-11-27");
  });

  it("takes in a month of the past, as far as it was released", () => {
    expect(firstDay(TODAY, "2026-11-12T15:00:00Z", "Asia/Seoul")).toBe("2026-11-13");
    expect(firstDay(TODAY, "2020-01-01T00:00:00Z", "Asia/Seoul")).toBe("2026-10-28");
    expect(firstDay(TODAY, null, "Asia/Seoul")).toBe(TODAY);
  });

  it("renews with the terms that hold, from the day after they end", () => {
    const granted = { area: ["a"], from: "2026-01-01", to: "2026-12-31", step: "PT1H", quota: 50 };
    const licence = { ...good, organization: { id: "org" }, asked: { ...granted, area: null, quota: 99 }, granted };
    expect(renewalDraft(licence, TODAY, "PT15M")).toMatchObject({
      organization: "org",
      reach: "zones",
      area: ["a"],
      from: "2027-01-01",
      to: "2027-12-31",
      step: "PT1H",
      quota: 50,
      accepted: false,
    });
    expect(renewalDraft(licence, "2027-03-01", "PT15M").from).toBe("2027-03-01");
  });
});
