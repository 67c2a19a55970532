import { kill, type Mutant, type Property } from "../testing/mutant.ts";
import { dayBounds } from "../time.ts";
import type * as Rule from "./entitlement.ts";
import type { Entitlement, Question } from "./entitlement.ts";
import type { Principal } from "./principal.ts";

// The few cases that hold the rule together, and faults that each of them would notice.
const NOW = dayBounds("2026-06-15", "Asia/Seoul").from;
const HOUR = 3_600_000;
const LICENCE: Entitlement = {
  licence: "l1",
  organization: "o1",
  dataset: "freight",
  tier: "LICENSED",
  state: "ACTIVE",
  area: ["a"],
  validFrom: "2026-06-01",
  validTo: "2026-06-30",
  step: "PT15M",
  purpose: "RESEARCH",
  quota: 10n,
  timeZone: "Asia/Seoul",
};
const QUESTION: Question = {
  dataset: "freight",
  tierViews: [
    { tier: "REGISTERED", finestStep: "PT1H", delaySeconds: 0 },
    { tier: "LICENSED", finestStep: null, delaySeconds: 0 },
  ],
  isSynthetic: true,
  area: ["a"],
  period: { from: NOW - HOUR, to: NOW },
  step: "PT15M",
  purpose: null,
};
const KEY = {
  kind: "KEY",
  key: "k",
  organization: "o1",
  licence: "l1",
  environment: "live",
  scopes: [],
  expiresAt: null,
} as const satisfies Principal;

type Case = readonly [name: string, Partial<Question>, Partial<Entitlement>, Principal, "ALLOW" | "REFUSE"];
const CASES: readonly Case[] = [
  ["as licensed", {}, {}, KEY, "ALLOW"],
  ["another place", { area: ["b"] }, {}, KEY, "REFUSE"],
  ["every place", { area: null }, {}, KEY, "REFUSE"],
  [
    "before the first day",
    { period: { from: dayBounds("2026-05-31", "Asia/Seoul").from, to: NOW } },
    {},
    KEY,
    "REFUSE",
  ],
  [
    "after the last day",
    { period: { from: NOW - HOUR, to: dayBounds("2026-07-02", "Asia/Seoul").from } },
    {},
    KEY,
    "REFUSE",
  ],
  ["finer than licensed", { step: "PT10M" }, {}, KEY, "REFUSE"],
  ["another purpose", { purpose: "JOURNALISM" }, {}, KEY, "REFUSE"],
  ["another dataset", { dataset: "crowd" }, {}, KEY, "REFUSE"],
  ["suspended", {}, { state: "SUSPENDED" }, KEY, "REFUSE"],
  ["expired", {}, { state: "EXPIRED" }, KEY, "REFUSE"],
  ["approved and not begun", {}, { state: "APPROVED" }, KEY, "REFUSE"],
  ["over, and the clock late", {}, { validTo: "2026-06-14" }, KEY, "REFUSE"],
  ["another organisation's", {}, { organization: "o2" }, KEY, "REFUSE"],
  ["another licence's key", {}, { licence: "l2" }, KEY, "REFUSE"],
  ["the sandbox", {}, {}, { ...KEY, environment: "test" }, "REFUSE"],
  [
    "the sandbox, real data",
    { isSynthetic: false, step: "P1D" },
    {},
    { ...KEY, environment: "test", licence: null },
    "REFUSE",
  ],
  ["a key that is over", {}, {}, { ...KEY, expiresAt: NOW }, "REFUSE"],
  ["nobody, by the hour", { step: "PT1H" }, {}, { kind: "ANONYMOUS" }, "REFUSE"],
  ["somebody, by the hour", { step: "PT1H" }, {}, { ...KEY, licence: "l9" }, "ALLOW"],
];

const holds: Property<typeof Rule> = ({ decide }) => {
  for (const [name, question, licence, principal, effect] of CASES) {
    const decision = decide({ ...QUESTION, ...question }, principal, [{ ...LICENCE, ...licence }], NOW);
    expect([name, decision.effect]).toEqual([name, effect]);
  }
};

const FAULTS: readonly Mutant[] = [
  { name: "the area is not looked at", from: "if (area !== null && !(", to: "if (false && !(" },
  { name: "every place is in an area", from: "?? false)) {", to: "?? true)) {" },
  { name: "the first day does not count", from: "question.period.from >= period.from", to: "true" },
  { name: "the last day does not count", from: "question.period.to <= period.to", to: "true" },
  { name: "the licence's step is not looked at", from: "coarser(view.finestStep, step)", to: "view.finestStep" },
  { name: "the view's step is not looked at", from: "coarser(view.finestStep, step)", to: "step" },
  { name: "the purpose is not looked at", from: "question.purpose !== one.purpose", to: "false" },
  { name: "a licence is for every dataset", from: "&& one.dataset === question.dataset", to: "" },
  { name: "what is not revoked is active", from: 'one.state !== "ACTIVE"', to: 'one.state === "REVOKED"' },
  { name: "the clock is trusted", from: "|| !(now < period.to)", to: "" },
  { name: "a key opens every licence of its organisation", from: "principal.licence === licence", to: "true" },
  { name: "a key opens other organisations' licences", from: "principal.organization === organization", to: "true" },
  { name: "a test key opens licences", from: "if (isSandbox && !question.isSynthetic)", to: "if (false)" },
  { name: "credentials have no end", from: "if (!(now < endOf(principal)))", to: "if (false)" },
  { name: "nobody is somebody", from: 'principal.kind === "ANONYMOUS" && "until" in way', to: "false" },
];

test.each(FAULTS)("the rule's fault is noticed: $name", (fault) =>
  kill<typeof Rule>(new URL("./entitlement.ts", import.meta.url), fault, holds),
);
