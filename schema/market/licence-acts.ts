import type { LicenceAction } from "../../core/licence/machine.ts";
import type { Context } from "../context.ts";
import { COMMITTING } from "./actions.ts";
import * as acts from "./acts.ts";
import { keyNamed } from "./identify.ts";
import { visibleLicence } from "./licences.ts";
import { found } from "./organizations.ts";
import { checkOptionalText, checkText, type FieldFault } from "./plain-text.ts";
import type { Market } from "./refs.ts";
import { Refusal, refuseFaults } from "./refusal.ts";
import { outcome, type Results } from "./refused.ts";
import { mayAs, mayDecide, requireRight } from "./rights.ts";
import { type LicenceRow, licenceOf, messagesOf, offerOf } from "./rows.ts";

/** Longest text of a conversation, a reason, a purpose or conditions. */
const TEXT = { max: 4_000, lines: true };

/** @throws Refusal NOT_FOUND for what the caller may not see */
async function requireLicence(context: Context, id: unknown): Promise<LicenceRow> {
  const row = await visibleLicence(context, id);
  if (row === null) throw new Refusal("NOT_FOUND");
  return row;
}

/**
 * Whether the caller may take part in the matter of a licence: a member who may more than look, or a steward who is not of
 * the organisation and was not when it was asked for. The database tells the two apart by membership alone, so that this must be asked before.
 * @throws Refusal FORBIDDEN
 */
function requireSide({ principal }: Context, { organization, requestedBy }: LicenceRow): void {
  if (mayAs(principal, organization, "develop")) return;
  const own = principal.kind === "PERSON" && principal.person === requestedBy;
  if (own || !mayDecide(principal, organization)) throw new Refusal("FORBIDDEN");
}

const areaFaults = (field: string, area: readonly string[] | null | undefined): FieldFault[] =>
  (area ?? []).every((slug) => /^[a-z0-9][a-z0-9_-]{0,99}$/i.test(slug))
    ? []
    : [
        {
          field,
          rule: { ko: "데이터셋이 속한 도시의 구역", en: "zones of the dataset's city" },
          fix: { ko: "목록에서 골라 주세요", en: "choose them from the list" },
        },
      ];

const quotaFaults = (field: string, quota: number | null | undefined): FieldFault[] =>
  quota == null || (quota >= 1 && quota <= 1e12)
    ? []
    : [
        {
          field,
          rule: { ko: "1부터 1,000,000,000,000까지의 정수", en: "a whole number from 1 to 1000000000000" },
          fix: { ko: "필요한 만큼 적어 주세요", en: "write what you need" },
        },
      ];

/** What was given; a field that is left out keeps its meaning of "as asked", null is a value. */
const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Asking for a licence, every step of its life, and the conversation about it. */
export function addLicenceActs({ builder, LicenceAction }: Market, { LicenceResult, MessageResult }: Results): void {
  const RequestInput = builder.inputType("RequestLicenceInput", {
    fields: (t) => ({
      offer: t.id({ required: true }),
      organization: t.id({ required: true }),
      purpose: t.string({ required: true, description: "One of the offer's purposes." }),
      purposeText: t.string({ required: true, description: "In one's own words, 20 characters at least." }),
      area: t.stringList({ description: "Slugs of zones; leave out for all places." }),
      from: t.field({ type: "Date", required: true }),
      to: t.field({ type: "Date", required: true, description: "The last day." }),
      step: t.field({ type: "Duration", description: "The finest step; leave out for that of the offer." }),
      quota: t.field({ type: "BigInt", required: true, description: "Units of a month." }),
      renews: t.id({ description: "The licence of one's own that it continues." }),
    }),
  });
  const TermsInput = builder.inputType("GrantedTermsInput", {
    description: "What is granted where it differs from what was asked; never more.",
    fields: (t) => ({
      area: t.stringList(),
      from: t.field({ type: "Date" }),
      to: t.field({ type: "Date" }),
      step: t.field({ type: "Duration" }),
      quota: t.field({ type: "BigInt" }),
      conditions: t.string(),
    }),
  });
  const ActInput = builder.inputType("ActOnLicenceInput", {
    fields: (t) => ({
      licence: t.id({ required: true }),
      seq: t.int({ required: true, description: "The licence's seq that was seen: someone may have been faster." }),
      action: t.field({ type: LicenceAction, required: true }),
      reason: t.string({ description: "For REFUSE, SUSPEND and REVOKE: why, 10 characters at least." }),
      message: t.string({ description: "For ASK, ANSWER and APPEAL; it joins the conversation." }),
      terms: t.field({ type: TermsInput, description: "For APPROVE." }),
    }),
  });
  type Asked = typeof RequestInput.$inferInput;
  type Done = typeof ActInput.$inferInput;

  async function request(context: Context, person: string, asked: Asked): Promise<LicenceRow> {
    const organization = keyNamed("Organization", asked.organization);
    requireRight(context.principal, organization, "develop");
    const offer = await offerOf(context, keyNamed("Offer", asked.offer));
    if (offer === null) throw new Refusal("NOT_FOUND");
    const renews = asked.renews == null ? null : (await requireLicence(context, asked.renews)).id;
    refuseFaults([
      ...checkText("purposeText", asked.purposeText, { min: 20, ...TEXT }),
      ...areaFaults("area", asked.area),
      ...quotaFaults("quota", asked.quota),
    ]);
    const { purpose, purposeText, area, from, to, step, quota } = asked;
    const fields = { purpose, purposeText, area: area ?? null, from, to, step: step ?? null, quota };
    const told = JSON.stringify({ ...fields, actor: person, organization, offer: offer.id, renews });
    return found(await licenceOf(context, await acts.requestLicence(context, told)));
  }

  async function act(context: Context, person: string, done: Done): Promise<LicenceRow> {
    const { seq, action, reason, message, terms } = done;
    const licence = await requireLicence(context, done.licence);
    requireSide(context, licence);
    if (terms != null && action !== "APPROVE") throw new Refusal("BAD_USER_INPUT", undefined, [ONLY_APPROVE]);
    refuseFaults([
      ...checkOptionalText("reason", reason, TEXT),
      ...checkOptionalText("message", message, TEXT),
      ...checkOptionalText("terms.conditions", terms?.conditions, { min: 0, ...TEXT }),
      ...areaFaults("terms.area", terms?.area),
      ...quotaFaults("terms.quota", terms?.quota),
    ]);
    refuseCommitment(licence, action, context);
    const detail = JSON.stringify(given({ ...terms, ...(message != null && { message }) }));
    return found(
      await licenceOf(context, await acts.actOn(context, licence.id, seq, action, person, reason ?? null, detail)),
    );
  }

  builder.mutationFields((t) => ({
    requestLicence: t.field({
      type: LicenceResult,
      description: "By members who may develop. State, price and due date are the hub's to set.",
      args: { input: t.arg({ type: RequestInput, required: true }) },
      resolve: (_root, { input }, context) =>
        outcome(context, async ({ person }) => ({ licence: await request(context, person, input) })),
    }),
    actOnLicence: t.field({
      type: LicenceResult,
      description: "Every step of a licence's life; `allowedActions` tells which are possible.",
      args: { input: t.arg({ type: ActInput, required: true }) },
      resolve: (_root, { input }, context) =>
        outcome(context, async ({ person }) => ({ licence: await act(context, person, input) })),
    }),
    writeMessage: t.field({
      type: MessageResult,
      args: { licence: t.arg.id({ required: true }), body: t.arg.string({ required: true }) },
      resolve: (_root, { licence: id, body }, context) =>
        outcome(context, async ({ person }) => {
          const licence = await requireLicence(context, id);
          requireSide(context, licence);
          refuseFaults(checkText("body", body, TEXT));
          const written = await acts.writeMessage(context, person, licence.id, body);
          const messages = (await messagesOf(context, licence.id)) ?? [];
          return { message: found(messages.find((one) => one.id === written)), licence };
        }),
    }),
  }));
}

const ONLY_APPROVE: FieldFault = {
  field: "terms",
  rule: { ko: "승인할 때만", en: "with APPROVE alone" },
  fix: { ko: "빼 주세요", en: "leave it out" },
};

/**
 * Price and conditions bind the organisation: a member who may only develop accepts none and gives no licence back. What else is
 * not possible the database refuses, with its reason.
 * @throws Refusal FORBIDDEN
 */
function refuseCommitment({ organization }: LicenceRow, action: LicenceAction, { principal }: Context): void {
  const isMine = mayAs(principal, organization, "develop");
  if (isMine && COMMITTING.includes(action) && !mayAs(principal, organization, "commit"))
    throw new Refusal("FORBIDDEN");
}
