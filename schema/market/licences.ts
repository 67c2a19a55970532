import type { LicenceState } from "../../core/licence/machine.ts";
import type { Context } from "../context.ts";
import { opaqueId } from "../opaque.ts";
import { allowedActions } from "./actions.ts";
import { agreementOf } from "./agreement.ts";
import { keyBehind } from "./identify.ts";
import { found } from "./organizations.ts";
import { type ProofRow, proofsOf, type RiskRow, riskOf } from "./record.ts";
import type { Market } from "./refs.ts";
import { isStaff, maySee, requirePerson, requireStaff } from "./rights.ts";
import {
  eventsOf,
  keysOfLicence,
  type LicenceEventRow,
  type LicenceRow,
  licenceOf,
  licencePage,
  messagesOf,
  offerOf,
  organizationOf,
  personNamed,
} from "./rows.ts";
import { standing } from "./standing.ts";

type Scope = { area: string[] | null; from: string; to: string; step: string | null; quota: number };

/** A licence that the one who asks may see; for anybody else it does not exist. */
export async function visibleLicence(context: Context, id: unknown): Promise<LicenceRow | null> {
  const principal = await standing(context);
  const key = keyBehind("Licence", id);
  const row = key === null ? null : await licenceOf(context, key);
  return row !== null && maySee(principal, row.organization) ? row : null;
}

/** What waits for a steward. */
const WAITING: readonly LicenceState[] = ["REQUESTED", "INFO_NEEDED"];

/** Requests and licences with their history, conversation and keys. */
export function addLicences(market: Market): void {
  const { builder, Licence, Licences, LicenceState, LicenceAction, LicenceScope, Offer, Dataset, Tier } = market;
  const { Organization, Person, Message, ApiKey } = market;

  const ScopeTerms = builder.objectRef<Scope>("LicenceScopeTerms").implement({
    description: "How far a licence reaches.",
    fields: (t) => ({
      area: t.exposeStringList("area", { nullable: true, description: "Slugs of zones; null: all places." }),
      from: t.field({ type: "Date", resolve: ({ from }) => from }),
      to: t.field({ type: "Date", description: "The last day.", resolve: ({ to }) => to }),
      step: t.field({
        type: "Duration",
        nullable: true,
        description: "The finest step; null: that of the offer.",
        resolve: ({ step }) => step,
      }),
      quota: t.field({ type: "BigInt", description: "Units of a month.", resolve: ({ quota }) => quota }),
    }),
  });
  const Event = builder.objectRef<LicenceEventRow>("LicenceEvent").implement({
    description: "One transition.",
    fields: (t) => ({
      seq: t.exposeInt("seq"),
      action: t.field({ type: LicenceAction, resolve: ({ action }) => action }),
      from: t.field({ type: LicenceState, nullable: true, resolve: ({ from }) => (from === "NONE" ? null : from) }),
      to: t.field({ type: LicenceState, resolve: ({ to }) => to }),
      at: t.field({ type: "DateTime", resolve: ({ at }) => at }),
      actor: t.field({
        type: Person,
        nullable: true,
        description: "Null where the clock did it.",
        resolve: ({ actor }, _args, context) => (actor === null ? null : personNamed(context, actor)),
      }),
      reason: t.exposeString("reason", { nullable: true }),
      logIndex: t.field({
        type: "BigInt",
        nullable: true,
        description: "Its leaf in the transparency log; null while its batch is not released, or where it has none.",
        resolve: async ({ licence, seq }, _args, context) =>
          (await proofsOf(context, licence))?.find((proof) => proof.seq === seq)?.logIndex ?? null,
      }),
    }),
  });
  Message.implement({
    description: "One entry of the conversation about a request.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Message", id) }),
      author: t.field({
        type: Person,
        nullable: true,
        resolve: ({ author }, _args, context) => personNamed(context, author),
      }),
      body: t.exposeString("body", {
        nullable: true,
        description: "Plain text, as it was written; null once its author was erased.",
      }),
      createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
      fromSteward: t.exposeBoolean("fromSteward"),
    }),
  });
  const Risk = builder.objectRef<LicenceRow & RiskRow>("Risk").implement({
    description: "What a steward weighs.",
    fields: (t) => ({
      highRisk: t.exposeBoolean("highRisk", { description: "Two different persons have to approve." }),
      approvalsNeeded: t.int({
        resolve: ({ highRisk, firstApprover }) => (highRisk && firstApprover === null ? 2 : 1),
      }),
      firstApprover: t.field({
        type: Person,
        nullable: true,
        resolve: ({ firstApprover }, _args, context) =>
          firstApprover === null ? null : personNamed(context, firstApprover),
      }),
      tier: t.field({ type: Tier, resolve: ({ tier }) => tier }),
      epsilonPerDay: t.float({
        nullable: true,
        description: "ε of a unit-day that the dataset's plan spends, whoever reads it; null for facts about things.",
        resolve: ({ epsilonMicro }) => (epsilonMicro === null ? null : epsilonMicro / 1e6),
      }),
      activeLicences: t.exposeInt("activeLicences", { description: "Of this organisation now." }),
      earlierRefusals: t.exposeInt("earlierRefusals", { description: "Of this organisation, refused or revoked." }),
    }),
  });
  const Proof = builder.objectRef<ProofRow>("LogProofRef").implement({
    description:
      "What proves a transition: SHA-256(salt ‖ body) is what its leaf of the log commits to. Told to the parties and auditors.",
    fields: (t) => ({
      seq: t.exposeInt("seq"),
      action: t.field({ type: LicenceAction, resolve: ({ action }) => action }),
      logIndex: t.field({
        type: "BigInt",
        nullable: true,
        description: "Its place in the log's tree; null while its batch is not signed.",
        resolve: ({ logIndex }) => logIndex,
      }),
      salt: t.exposeString("salt", { description: "Hexadecimal." }),
      body: t.exposeString("body", { description: "Exactly the text that was hashed." }),
    }),
  });

  Licence.implement({
    description: "A request and the licence that it becomes.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Licence", id) }),
      number: t.exposeInt("number", { description: "For people to name it by." }),
      state: t.field({ type: LicenceState, resolve: ({ state }) => state }),
      seq: t.exposeInt("seq", { description: "Of the last transition; an action names the one that it has seen." }),
      offer: t.field({
        type: Offer,
        resolve: async ({ offer }, _args, context) => found(await offerOf(context, offer)),
      }),
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      tier: t.field({ type: Tier, resolve: ({ tier }) => tier }),
      organization: t.field({
        type: Organization,
        resolve: async ({ organization }, _args, context) => found(await organizationOf(context, organization)),
      }),
      requestedBy: t.field({
        type: Person,
        nullable: true,
        resolve: ({ requestedBy }, _args, context) => personNamed(context, requestedBy),
      }),
      purpose: t.exposeString("purpose"),
      purposeText: t.exposeString("purposeText"),
      asked: t.field({
        type: ScopeTerms,
        resolve: ({ askedArea, askedFrom, askedTo, askedStep, askedQuota }) => ({
          area: askedArea,
          from: askedFrom,
          to: askedTo,
          step: askedStep,
          quota: askedQuota,
        }),
      }),
      granted: t.field({
        type: ScopeTerms,
        nullable: true,
        description: "Once it is decided.",
        resolve: ({ area, validFrom, validTo, step, quota }) =>
          validFrom === null || validTo === null || quota === null
            ? null
            : { area, from: validFrom, to: validTo, step, quota },
      }),
      agreement: t.field({
        type: "Terms",
        nullable: true,
        description: "What it permits and demands, for machines: an ODRL 2.2 agreement. Once it is decided.",
        resolve: async (row, _args, context) => agreementOf(row, found(await offerOf(context, row.offer))),
      }),
      conditions: t.exposeString("conditions", { nullable: true }),
      priceMinor: t.exposeInt("priceMinor", {
        nullable: true,
        description: "Flat, or of a month, in minor units.",
      }),
      currency: t.exposeString("currency"),
      createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
      dueAt: t.field({ type: "DateTime", nullable: true, resolve: ({ dueAt }) => dueAt }),
      decidedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ decidedAt }) => decidedAt }),
      activatedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ activatedAt }) => activatedAt }),
      endedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ endedAt }) => endedAt }),
      renews: t.field({
        type: Licence,
        nullable: true,
        description: "The licence that it continues.",
        resolve: ({ renews }, _args, context) => (renews === null ? null : licenceOf(context, renews)),
      }),
      allowedActions: t.field({
        type: [LicenceAction],
        description: "What the one who asks can do now.",
        resolve: (row, _args, { principal }) => allowedActions(row, principal),
      }),
      events: t.field({
        type: [Event],
        resolve: async ({ id }, _args, context) => (await eventsOf(context, id)) ?? [],
      }),
      messages: t.field({
        type: [Message],
        resolve: async ({ id }, _args, context) => (await messagesOf(context, id)) ?? [],
      }),
      keys: t.field({
        type: [ApiKey],
        description: "Newest first.",
        resolve: async ({ id }, _args, context) => (await keysOfLicence(context, id)) ?? [],
      }),
      risk: t.field({
        type: Risk,
        nullable: true,
        description: "For stewards, administrators and auditors.",
        resolve: async (row, _args, context) =>
          isStaff(context.principal) ? { ...row, ...found(await riskOf(context, row.id)) } : null,
      }),
      proofs: t.field({
        type: [Proof],
        resolve: async ({ id }, _args, context) => (await proofsOf(context, id)) ?? [],
      }),
    }),
  });

  builder.queryFields((t) => ({
    licence: t.field({
      type: Licence,
      nullable: true,
      description: "Of one's own organisation, or any for staff; null for others.",
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, context) => visibleLicence(context, id),
    }),
    licences: t.field({
      type: Licences,
      args: {
        ...t.arg.connectionArgs(),
        scope: t.arg({ type: LicenceScope, required: true, defaultValue: "MINE" }),
        states: t.arg({ type: [LicenceState] }),
      },
      resolve: async (_root, { scope, states, ...page }, context) => {
        const principal = await standing(context);
        if (scope !== "MINE") {
          requireStaff(principal);
          const wanted = states ?? (scope === "INBOX" ? WAITING : null);
          return licencePage(context, page, null, wanted, scope === "INBOX");
        }
        const { memberships } = requirePerson(principal);
        const mine = memberships.map(({ organization }) => organization);
        return licencePage(context, page, mine, states ?? null);
      },
    }),
  }));
}
