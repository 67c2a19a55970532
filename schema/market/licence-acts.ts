import { HubError } from "../../core/errors.ts";
import type { Context } from "../context.ts";
import * as acts from "./acts.ts";
import { visibleLicence } from "./licences.ts";
import { checkText } from "./plain-text.ts";
import type { Market } from "./refs.ts";
import { Refusal, refuseFaults } from "./refusal.ts";
import { outcome, type Results } from "./refused.ts";
import { mayAs, mayDecide } from "./rights.ts";
import { type LicenceRow, messagesOf } from "./rows.ts";

/** Longest text of a conversation, a reason or a purpose. */
export const TEXT_MAX = 4_000;

const UNFINISHED = () => new HubError("UNAVAILABLE", "Requests are not open yet.", { retryAfter: 600 });

/** @throws Refusal NOT_FOUND for what the caller may not see */
export async function requireLicence(context: Context, id: unknown): Promise<LicenceRow> {
  const row = await visibleLicence(context, id);
  if (row === null) throw new Refusal("NOT_FOUND");
  return row;
}

/** Asking for a licence, every step of its life, and the conversation about it. */
export function addLicenceActs({ builder, LicenceAction }: Market, { LicenceResult, MessageResult }: Results): void {
  const RequestInput = builder.inputType("RequestLicenceInput", {
    fields: (t) => ({
      offer: t.id({ required: true }),
      organization: t.id({ required: true }),
      purpose: t.string({ required: true, description: "One of the offer's purposes." }),
      purposeText: t.string({ required: true, description: "In one's own words." }),
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
      reason: t.string({ description: "For REFUSE, APPEAL, SUSPEND, REVOKE: why." }),
      message: t.string({ description: "For ASK and ANSWER: what is asked and answered; it joins the conversation." }),
      terms: t.field({ type: TermsInput, description: "For APPROVE." }),
    }),
  });

  builder.mutationFields((t) => ({
    requestLicence: t.field({
      type: LicenceResult,
      args: { input: t.arg({ type: RequestInput, required: true }) },
      resolve: (_root, _args, context) =>
        outcome(context, async () => {
          throw UNFINISHED();
        }),
    }),
    actOnLicence: t.field({
      type: LicenceResult,
      description: "Every step of a licence's life.",
      args: { input: t.arg({ type: ActInput, required: true }) },
      resolve: (_root, _args, context) =>
        outcome(context, async () => {
          throw UNFINISHED();
        }),
    }),
    writeMessage: t.field({
      type: MessageResult,
      args: { licence: t.arg.id({ required: true }), body: t.arg.string({ required: true }) },
      resolve: (_root, { licence: id, body }, context) =>
        outcome(context, async ({ person }) => {
          const licence = await requireLicence(context, id);
          if (
            !mayAs(context.principal, licence.organization, "develop") &&
            !mayDecide(context.principal, licence.organization)
          ) {
            throw new Refusal("FORBIDDEN");
          }
          refuseFaults(checkText("body", body, { max: TEXT_MAX, lines: true }));
          const written = await acts.writeMessage(context, person, licence.id, body);
          const message = (await messagesOf(context, licence.id))?.find((one) => one.id === written);
          if (message === undefined) throw new Error("a message that was written is read");
          return { message, licence };
        }),
    }),
  }));
}
