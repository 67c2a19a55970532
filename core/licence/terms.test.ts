import fc from "fast-check";
import { addDays, dayBounds, STEPS, type Step } from "../time.ts";
import { decide, type Entitlement, type Question } from "./entitlement.ts";
import {
  canonical,
  type Grant,
  type OfferTerms,
  type Policy,
  PURPOSES,
  policyOf,
  termsFaults,
  wordsOf,
} from "./terms.ts";

const TERMS: OfferTerms = {
  tier: "LICENSED",
  priceModel: "METERED",
  price: 0n,
  currency: "KRW",
  unitPriceMicro: 500_000n,
  freeQuota: 10_000n,
  monthlyCap: 200_000n,
  carryOver: false,
  purposes: ["RESEARCH", "PUBLIC_SERVICE"],
  quotaMonthly: 1_000_000n,
  noticeDays: 30,
  priceNoticeDays: 90,
  decisionDays: 10,
  finestStep: "PT1H",
  delaySeconds: 0,
};
const said = (terms: OfferTerms) => ({ textKo: wordsOf(terms).ko, textEn: wordsOf(terms).en, policy: policyOf(terms) });

const units = fc.bigInt({ min: 1n, max: 10n ** 12n });
const anyTerms: fc.Arbitrary<OfferTerms> = fc
  .record({
    tier: fc.constantFrom("OPEN", "REGISTERED", "LICENSED"),
    priceModel: fc.constantFrom("FREE", "FLAT", "METERED", "SUBSCRIPTION"),
    price: fc.bigInt({ min: 1n, max: 10n ** 9n }),
    unitPriceMicro: units,
    freeQuota: units,
    monthlyCap: fc.option(units, { nil: null }),
    carryOver: fc.boolean(),
    purposes: fc.subarray([...PURPOSES], { minLength: 1 }),
    quotaMonthly: units,
    noticeDays: fc.integer({ min: 0, max: 730 }),
    priceNoticeDays: fc.integer({ min: 90, max: 730 }),
    decisionDays: fc.integer({ min: 1, max: 45 }),
    finestStep: fc.constantFrom<Step | null>(null, ...STEPS),
    delaySeconds: fc.constantFrom(0, 60, 86_400),
  })
  .map(({ price, unitPriceMicro, freeQuota, monthlyCap, carryOver, ...rest }) => {
    const isMetered = rest.priceModel === "METERED";
    const isPaid = rest.priceModel === "FLAT" || rest.priceModel === "SUBSCRIPTION";
    return {
      ...rest,
      currency: "KRW",
      price: isPaid ? price : 0n,
      unitPriceMicro: isMetered ? unitPriceMicro : 0n,
      freeQuota: isMetered ? freeQuota : 0n,
      monthlyCap: isMetered ? monthlyCap : null,
      carryOver: rest.priceModel === "SUBSCRIPTION" && carryOver,
    };
  });

/** What an agreement permits, read from its JSON-LD alone: no field of ours is asked. */
function permits(policy: Policy, question: Question): boolean {
  type Constraint = { leftOperand: string; operator: string; rightOperand: unknown };
  const [permission] = policy["permission"] as unknown as { constraint: Constraint[] }[];
  const right = (operand: unknown): string => (operand as { "@value": string })["@value"];
  return (permission?.constraint ?? []).every(({ leftOperand, operator, rightOperand }) => {
    switch (`${leftOperand} ${operator}`) {
      case "recipient isA":
        return rightOperand === "madang:licensed";
      case "purpose isAnyOf":
        return question.purpose === null || (rightOperand as string[]).includes(`madang:${question.purpose}`);
      case "resolution gteq":
        return question.step === null || STEPS.indexOf(question.step) >= STEPS.indexOf(right(rightOperand) as Step);
      case "spatial isAnyOf":
        return question.area?.every((slug) => (rightOperand as string[]).includes(slug)) ?? false;
      case "dateTime gteq":
        return question.period.from >= dayBounds(right(rightOperand), "Asia/Seoul").from;
      case "dateTime lteq":
        return question.period.to <= dayBounds(right(rightOperand), "Asia/Seoul").to;
      case "count lteq":
        return true;
      default:
        throw new Error(`a constraint that nobody enforces: ${leftOperand} ${operator}`);
    }
  });
}

describe("the terms of an offer", () => {
  test("are found right when fields, policy and words say the same", () => {
    fc.assert(fc.property(anyTerms, (terms) => termsFaults(terms, said(terms)).length === 0));
  });

  test("say something else in policy and words, in both languages, whenever they are something else", () => {
    fc.assert(
      fc.property(anyTerms, anyTerms, fc.constantFrom(...Object.keys(TERMS)), (one, source, field) => {
        const other = { ...one, [field]: source[field as keyof OfferTerms] } as OfferTerms;
        const isSame = canonical(policyOf(one)) === canonical(policyOf(other));
        expect(wordsOf(one).ko === wordsOf(other).ko).toBe(isSame);
        expect(wordsOf(one).en === wordsOf(other).en).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, Partial<OfferTerms>]>([
    ["another quota", { quotaMonthly: 2_000_000n }],
    ["another price", { unitPriceMicro: 500_001n }],
    ["another cap", { monthlyCap: null }],
    ["a finer step", { finestStep: "PT15M" }],
    ["one purpose more", { purposes: ["RESEARCH", "PUBLIC_SERVICE", "JOURNALISM"] }],
    ["a shorter notice", { noticeDays: 7 }],
  ])("with %s than their policy and their words are refused", (_, change) => {
    expect(termsFaults(TERMS, said(TERMS))).toEqual([]);
    const faults = termsFaults({ ...TERMS, ...change }, said(TERMS));
    expect(faults.some((fault) => fault.startsWith("textKo"))).toBe(true);
    expect(faults.some((fault) => fault.startsWith("textEn"))).toBe(true);
    expect(faults.some((fault) => fault.startsWith("terms"))).toBe(true);
  });

  test("may say more in words than the fields do, and may write the policy's keys in another order", () => {
    const { textKo, textEn, policy } = said(TERMS);
    const reordered = Object.fromEntries(Object.entries(policy).reverse());
    const more = {
      textKo: `${textKo} 문의는 게시판에서 받습니다.`,
      textEn: `${textEn} Questions are answered on the board.`,
      policy: reordered,
    };
    expect(termsFaults(TERMS, more)).toEqual([]);
  });

  test("are ODRL 2.2: an offer, or the agreement that a licence is", () => {
    const grant: Grant = {
      area: ["north"],
      validFrom: "2026-01-01",
      validTo: "2026-12-31",
      step: "P1D",
      purpose: "RESEARCH",
      quota: 500n,
    };
    expect(policyOf(TERMS)["@type"]).toBe("Offer");
    expect(policyOf(TERMS, grant)).toMatchObject({
      "@type": "Agreement",
      permission: [
        {
          action: ["use", "reproduce", "derive"],
          constraint: [
            { leftOperand: "recipient", operator: "isA", rightOperand: "madang:licensed" },
            { leftOperand: "purpose", operator: "isAnyOf", rightOperand: ["madang:RESEARCH"] },
            { leftOperand: "resolution", operator: "gteq", rightOperand: { "@value": "P1D", "@type": "xsd:duration" } },
            { leftOperand: "count", operator: "lteq", rightOperand: { "@value": "500", "@type": "xsd:integer" } },
            { leftOperand: "spatial", operator: "isAnyOf", rightOperand: ["north"] },
            { leftOperand: "dateTime", operator: "gteq", rightOperand: { "@value": "2026-01-01" } },
            { leftOperand: "dateTime", operator: "lteq", rightOperand: { "@value": "2026-12-31" } },
          ],
          duty: [{ action: "attribute" }, { action: "compensate" }],
        },
      ],
      prohibition: [{ action: "madang:identifyPersons" }, { action: "distribute" }],
    });
  });

  test("are what is enforced: an agreement read by itself permits what the rule allows, and nothing else", () => {
    const now = dayBounds("2026-06-15", "Asia/Seoul").from;
    const day = fc.integer({ min: -30, max: 30 });
    const area = fc.option(fc.subarray(["a", "b", "c"], { minLength: 1 }), { nil: null });
    let allowed = 0;
    fc.assert(
      fc.property(
        fc.record({
          area,
          from: fc.integer({ min: -30, max: 0 }),
          to: fc.integer({ min: 0, max: 30 }),
          step: fc.constantFrom<Step | null>(null, ...STEPS),
          purpose: fc.constantFrom(...PURPOSES),
        }),
        fc.record({ area, from: day, days: fc.integer({ min: 1, max: 20 }), step: fc.constantFrom(...STEPS) }),
        fc.constantFrom(null, ...PURPOSES),
        (granted, asked, purpose) => {
          const grant: Grant = {
            area: granted.area,
            validFrom: addDays("2026-06-15", granted.from),
            validTo: addDays("2026-06-15", granted.to),
            step: granted.step,
            purpose: granted.purpose,
            quota: 10n,
          };
          const question: Question = {
            dataset: "d",
            tierViews: [{ tier: "LICENSED", finestStep: null, delaySeconds: 0 }],
            isSynthetic: false,
            area: asked.area,
            period: {
              from: dayBounds(addDays("2026-06-15", asked.from), "Asia/Seoul").from,
              to: dayBounds(addDays("2026-06-15", asked.from + asked.days), "Asia/Seoul").from,
            },
            step: asked.step,
            purpose,
          };
          // What has not happened yet has no values: no rule is asked for it.
          fc.pre(question.period.from < now);
          const entitlement: Entitlement = {
            ...grant,
            licence: "l",
            organization: "o",
            dataset: "d",
            tier: "LICENSED",
            state: "ACTIVE",
            timeZone: "Asia/Seoul",
          };
          const memberships = [{ organization: "o", role: "OWNER" }] as const;
          const member = { kind: "PERSON", person: "p", roles: [], expiresAt: Infinity, memberships } as const;
          const isAllowed = decide(question, member, [entitlement], now).effect !== "REFUSE";
          if (isAllowed) allowed += 1;
          return permits(policyOf({ ...TERMS, finestStep: null }, grant), question) === isAllowed;
        },
      ),
      { numRuns: 3_000 },
    );
    expect(allowed).toBeGreaterThan(50);
  });
});
