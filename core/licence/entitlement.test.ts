import fc from "fast-check";
import { addDays, dayBounds, STEPS, type Step } from "../time.ts";
import { type Decision, decide, type Entitlement, type Question, type TierView } from "./entitlement.ts";
import { type LicenceAction, type LicenceState, next, STATES, TRANSITIONS } from "./machine.ts";
import { ANONYMOUS, type MEMBER_ROLES, type Principal } from "./principal.ts";
import { refusalText } from "./refusal-texts.ts";

const ZONE = "Asia/Seoul";
const NOW = dayBounds("2026-06-15", ZONE).from + 12 * 3_600_000;
const HOUR = 3_600_000;
const VIEWS: readonly TierView[] = [
  { tier: "REGISTERED", finestStep: "PT1H", delaySeconds: 0 },
  { tier: "LICENSED", finestStep: null, delaySeconds: 0 },
];
const licence = (more: Partial<Entitlement> = {}): Entitlement => ({
  licence: "l1",
  organization: "o1",
  dataset: "freight",
  tier: "LICENSED",
  state: "ACTIVE",
  area: ["a", "b"],
  validFrom: "2026-06-01",
  validTo: "2026-06-30",
  step: null,
  purpose: "RESEARCH",
  quota: 1_000n,
  timeZone: ZONE,
  ...more,
});
const question = (more: Partial<Question> = {}): Question => ({
  dataset: "freight",
  tierViews: VIEWS,
  isSynthetic: true,
  area: ["a"],
  period: { from: NOW - 4 * HOUR, to: NOW },
  step: "PT15M",
  purpose: null,
  ...more,
});
const person = (role: (typeof MEMBER_ROLES)[number] = "DEVELOPER", organization = "o1"): Principal => ({
  kind: "PERSON",
  person: "p1",
  roles: [],
  memberships: [{ organization, role }],
  expiresAt: NOW + HOUR,
});
const key = (more: Partial<Extract<Principal, { kind: "KEY" }>> = {}): Principal => ({
  kind: "KEY",
  key: "k1",
  organization: "o1",
  licence: "l1",
  environment: "live",
  scopes: ["read:graph"],
  expiresAt: null,
  ...more,
});
const said = (decision: Decision) =>
  decision.effect === "REFUSE"
    ? [decision.reason, decision.hint.code]
    : [decision.effect, decision.step, decision.licence];
const ask = (
  q: Partial<Question> = {},
  who: Principal = person(),
  has: readonly Entitlement[] = [licence()],
  now = NOW,
) => said(decide(question(q), who, has, now));

describe("what is answered", () => {
  test("is what the licence covers, to its members who work with data and to its own key", () => {
    expect(ask()).toEqual(["ALLOW", "PT15M", "l1"]);
    expect(ask({}, key())).toEqual(["ALLOW", "PT15M", "l1"]);
    expect(ask({ step: null })).toEqual(["ALLOW", null, "l1"]);
  });

  test("is the free view where that is enough, so that nothing is metered that is free", () => {
    expect(ask({ step: "PT1H" })).toEqual(["ALLOW", "PT1H", null]);
    expect(ask({ step: "P1D", area: null })).toEqual(["ALLOW", "P1D", null]);
    expect(ask({ tierViews: [{ tier: "OPEN", finestStep: null, delaySeconds: 0 }] }, ANONYMOUS, [])).toEqual([
      "ALLOW",
      "PT15M",
      null,
    ]);
  });

  test("is coarser where no step was asked and none finer is free", () => {
    expect(ask({ step: null }, person(), [])).toEqual(["COARSEN", "PT1H", null]);
    expect(ask({ step: null }, key({ environment: "test", licence: null }))).toEqual(["COARSEN", "PT1H", null]);
    expect(ask({ step: null }, person(), [licence({ step: "P1D" })])).toEqual(["COARSEN", "PT1H", null]);
  });

  test("is metered where only the licence reaches to the end of the question", () => {
    const tierViews: TierView[] = [
      { tier: "OPEN", finestStep: null, delaySeconds: 7_200 },
      { tier: "LICENSED", finestStep: null, delaySeconds: 0 },
    ];
    expect(ask({ tierViews })).toEqual(["ALLOW", "PT15M", "l1"]);
    expect(ask({ tierViews, period: { from: NOW - 8 * HOUR, to: NOW - 3 * HOUR } })).toEqual(["ALLOW", "PT15M", null]);
    expect(decide(question({ tierViews }), ANONYMOUS, [], NOW)).toMatchObject({ until: NOW - 7_200_000 });
  });
});

describe("what is refused, and what is said", () => {
  const cases: [string, unknown[], unknown[]][] = [
    ["finer than the free view, without a licence", ask({}, person(), []), ["NO_LICENCE", "LICENCE_REQUIRED"]],
    ["to nobody in particular", ask({ step: "PT1H" }, ANONYMOUS, []), ["SIGN_IN", "UNAUTHENTICATED"]],
    ["finer, to nobody in particular", ask({}, ANONYMOUS, []), ["NO_LICENCE", "LICENCE_REQUIRED"]],
    ["outside the area", ask({ area: ["a", "c"] }), ["AREA", "LICENCE_SCOPE"]],
    ["everywhere, with a licence of some zones", ask({ area: null }), ["AREA", "LICENCE_SCOPE"]],
    [
      "before the period",
      ask({ period: { from: dayBounds("2026-05-31", ZONE).from, to: NOW } }),
      ["PERIOD", "LICENCE_SCOPE"],
    ],
    [
      "beyond the period",
      ask({ period: { from: NOW, to: dayBounds("2026-07-01", ZONE).to } }),
      ["PERIOD", "LICENCE_SCOPE"],
    ],
    ["finer than the licence", ask({}, person(), [licence({ step: "PT1H" })]), ["STEP", "LICENCE_SCOPE"]],
    ["for another purpose", ask({ purpose: "JOURNALISM" }), ["PURPOSE", "LICENCE_SCOPE"]],
    ["while suspended", ask({}, person(), [licence({ state: "SUSPENDED" })]), ["SUSPENDED", "LICENCE_ENDED"]],
    ["after revocation", ask({}, key(), [licence({ state: "REVOKED" })]), ["ENDED", "LICENCE_ENDED"]],
    [
      "after the last day, before the clock saw it",
      ask({}, person(), [licence({ validTo: "2026-06-14" })]),
      ["ENDED", "LICENCE_ENDED"],
    ],
    ["before the first day", ask({}, person(), [licence({ validFrom: "2026-06-16" })]), ["NOT_YET", "LICENCE_SCOPE"]],
    ["to a member who only looks on", ask({}, person("VIEWER")), ["NO_LICENCE", "LICENCE_REQUIRED"]],
    ["to another organisation", ask({}, person("OWNER", "o2")), ["NO_LICENCE", "LICENCE_REQUIRED"]],
    ["to a key of another licence", ask({}, key({ licence: "l2" })), ["NO_LICENCE", "LICENCE_REQUIRED"]],
    [
      "to a key that claims another organisation's licence",
      ask({}, key({ organization: "o2" })),
      ["NO_LICENCE", "LICENCE_REQUIRED"],
    ],
    [
      "to a sandbox key, about real data",
      ask({ isSynthetic: false, step: "P1D" }, key({ environment: "test", licence: null })),
      ["SANDBOX", "LICENCE_REQUIRED"],
    ],
    [
      "to a sandbox key, as finely as licensed",
      ask({}, key({ environment: "test", licence: null })),
      ["SANDBOX", "LICENCE_REQUIRED"],
    ],
    ["to a test key that names a licence", ask({}, key({ environment: "test" })), ["SANDBOX", "LICENCE_REQUIRED"]],
    ["to who expired", ask({}, key({ expiresAt: NOW })), ["CREDENTIAL_ENDED", "UNAUTHENTICATED"]],
    ["to a device", ask({ step: "PT1H" }, { kind: "DEVICE", device: "d" }), ["UNKNOWN", "FORBIDDEN"]],
    [
      "of agencies alone",
      ask({ tierViews: [{ tier: "RESTRICTED", finestStep: null, delaySeconds: 0 }] }),
      ["RESTRICTED", "FORBIDDEN"],
    ],
    ["of a dataset that nobody sees", ask({ tierViews: [] }), ["UNKNOWN", "FORBIDDEN"]],
    [
      "younger than the delay",
      ask({ tierViews: [{ tier: "OPEN", finestStep: null, delaySeconds: 86_400 }] }),
      ["DELAY", "LICENCE_SCOPE"],
    ],
    ["of another dataset's licence", ask({ dataset: "crowd" }), ["NO_LICENCE", "LICENCE_REQUIRED"]],
  ];
  test.each(cases)("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  test("names the step that is allowed and the page where access is asked for, in words of both languages", () => {
    const decision = decide(question(), person(), [], NOW);
    expect(decision).toMatchObject({ hint: { step: "PT1H", ask: "/market?dataset=freight" } });
    if (decision.effect !== "REFUSE") throw new Error("refused it is");
    expect(refusalText(decision)).toEqual({
      ko: "이 값을 보려면 이용 허가가 필요합니다. 허가 없이는 1시간 이상의 단위로 볼 수 있습니다.",
      en: "These values need a licence. Without one you may see steps of one hour or longer.",
    });
  });
});

const anyStep = fc.constantFrom<Step | null>(null, ...STEPS);
const zones = ["a", "b", "c", "d"];
const anyArea = fc.option(fc.subarray(zones, { minLength: 1 }), { nil: null });
const anyDay = fc.integer({ min: -40, max: 40 }).map((days) => addDays("2026-06-15", days) as string);
const anyLicence = fc.record({
  state: fc.constantFrom(...STATES),
  area: anyArea,
  validFrom: anyDay,
  validTo: anyDay,
  step: anyStep,
  purpose: fc.constantFrom("RESEARCH", "JOURNALISM"),
});
const anyQuestion = fc
  .record({
    area: anyArea,
    from: fc.integer({ min: -50 * 24, max: 10 }),
    hours: fc.integer({ min: 1, max: 24 * 40 }),
    step: anyStep,
    purpose: fc.constantFrom(null, "RESEARCH", "JOURNALISM"),
    finest: anyStep,
  })
  .map(({ from, hours, finest, ...rest }) =>
    question({
      ...rest,
      period: { from: NOW + from * HOUR, to: NOW + (from + hours) * HOUR },
      tierViews: [{ tier: "LICENSED", finestStep: finest, delaySeconds: 0 }],
    }),
  );
const fineness = (step: Step | null): number => (step === null ? -1 : STEPS.indexOf(step));
/** Whether a decision lets nothing through that another does not. */
const within = (narrow: Decision, wide: Decision): boolean => {
  if (narrow.effect === "REFUSE") return true;
  if (wide.effect === "REFUSE") return false;
  return fineness(narrow.step) >= fineness(wide.step) && narrow.until <= wide.until;
};

describe("for every question", () => {
  test("a narrower licence never sees more", () => {
    fc.assert(
      fc.property(anyQuestion, anyLicence, anyLicence, (q, one, other) => {
        const both = (a: readonly string[] | null, b: readonly string[] | null) =>
          a === null ? b : b === null ? a : a.filter((slug) => b.includes(slug));
        const wide = licence(one);
        const narrow = licence({
          ...one,
          area: both(one.area, other.area),
          validFrom: [one.validFrom, other.validFrom].sort().at(-1) ?? one.validFrom,
          validTo: [one.validTo, other.validTo].sort().at(0) ?? one.validTo,
          step: fineness(one.step) > fineness(other.step) ? one.step : other.step,
          state: one.state === "ACTIVE" ? other.state : one.state,
        });
        return within(decide(q, person(), [narrow], NOW), decide(q, person(), [wide], NOW));
      }),
      { numRuns: 2_000 },
    );
  });

  test("who knows more licences never sees less, and other people's never count", () => {
    fc.assert(
      fc.property(anyQuestion, anyLicence, anyLicence, (q, one, other) => {
        const alone = decide(q, person(), [licence(one)], NOW);
        const more = decide(q, person(), [licence(one), licence({ ...other, licence: "l2" })], NOW);
        const foreign = decide(q, person(), [licence(one), licence({ ...other, organization: "o2" })], NOW);
        return within(alone, more) && JSON.stringify(foreign) === JSON.stringify(alone);
      }),
      { numRuns: 2_000 },
    );
  });

  test("no order of transitions opens what is closed: only an ACTIVE licence answers, and what ended stays ended", () => {
    const ended: readonly LicenceState[] = ["EXPIRED", "REVOKED", "LAPSED", "WITHDRAWN"];
    const actions = [...new Set(TRANSITIONS.map(({ action }) => action))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom<LicenceAction>(...actions), { maxLength: 40 }), (tried) => {
        let state: LicenceState | "NONE" = "NONE";
        let closed = false;
        for (const action of tried) {
          state = next(state, action)?.to ?? state;
          if (state === "NONE") continue;
          closed ||= ended.includes(state);
          const isOpen = decide(question(), person(), [licence({ state })], NOW).effect !== "REFUSE";
          if (isOpen !== (state === "ACTIVE") || (closed && isOpen)) return false;
        }
        return true;
      }),
      { numRuns: 2_000 },
    );
  });

  test("whatever is unknown is refused", () => {
    const unknown = (q: object, who: object = person(), has: object = licence(), now = NOW) =>
      decide({ ...question(), ...q } as Question, who as Principal, [has as Entitlement], now).effect;
    expect(unknown({})).toBe("ALLOW");
    expect(unknown({ step: "PT1S" })).toBe("REFUSE");
    expect(unknown({ period: { from: NOW, to: NOW } })).toBe("REFUSE");
    expect(unknown({ period: { from: Number.NaN, to: NOW } })).toBe("REFUSE");
    expect(unknown({ area: ["nowhere"] })).toBe("REFUSE");
    expect(unknown({ tierViews: [{ tier: "GOLD", finestStep: null, delaySeconds: 0 }] })).toBe("REFUSE");
    expect(unknown({ tierViews: [{ tier: "LICENSED", finestStep: "PT1S", delaySeconds: 0 }] })).toBe("REFUSE");
    expect(unknown({ tierViews: [{ tier: "LICENSED", finestStep: null, delaySeconds: Number.NaN }] })).toBe("REFUSE");
    expect(unknown({}, { kind: "ROOT" })).toBe("REFUSE");
    expect(unknown({}, person(), licence({ state: "OPENED" as LicenceState }))).toBe("REFUSE");
    expect(unknown({}, person(), licence({ step: "PT1S" as Step }))).toBe("REFUSE");
    expect(unknown({}, person(), licence({ validTo: "soon" }))).toBe("REFUSE");
    expect(unknown({}, person(), licence({ timeZone: "Mars/Base" }))).toBe("REFUSE");
    expect(unknown({}, person(), licence(), Number.NaN)).toBe("REFUSE");
  });
});
