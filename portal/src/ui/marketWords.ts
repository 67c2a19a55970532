import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { LicenceAction, LicenceState, MemberRole, PriceModel, Stage } from "../generated/graphql.ts";

/** The words of the market; the same everywhere. */
export const STATE_WORD: Readonly<Record<LicenceState, MessageDescriptor>> = {
  REQUESTED: msg`Waiting for a decision`,
  INFO_NEEDED: msg`Waiting for your answer`,
  APPROVED: msg`Approved, to be accepted`,
  ACTIVE: msg`Active`,
  SUSPENDED: msg`Suspended`,
  EXPIRED: msg`Expired`,
  REVOKED: msg`Revoked`,
  REFUSED: msg`Refused`,
  LAPSED: msg`Lapsed`,
  WITHDRAWN: msg`Withdrawn`,
};

/** The same as the one who decides reads it. */
export const STEWARD_STATE_WORD: Readonly<Record<LicenceState, MessageDescriptor>> = {
  ...STATE_WORD,
  REQUESTED: msg`To be decided`,
  INFO_NEEDED: msg`Waiting for the applicant`,
  APPROVED: msg`Approved, not yet accepted`,
};

/** What follows from a state for the one who asked. */
export const STATE_MEANING: Readonly<Record<LicenceState, MessageDescriptor>> = {
  REQUESTED: msg`A steward reads the request and decides. Nothing is needed from you.`,
  INFO_NEEDED: msg`The steward asked a question. The request goes on when it is answered.`,
  APPROVED: msg`Read what was granted and its conditions. The licence begins when you accept them.`,
  ACTIVE: msg`Data may be asked for within the granted terms.`,
  SUSPENDED: msg`No data is answered for the time being. The reason stands in the history.`,
  EXPIRED: msg`The granted period is over. A renewal starts a new request with the same terms.`,
  REVOKED: msg`The licence was taken back. No data is answered under it any more.`,
  REFUSED: msg`The request was refused. The reason stands in the history; it can be appealed once.`,
  LAPSED: msg`No decision or acceptance came in time. You may ask again.`,
  WITHDRAWN: msg`The request was taken back before a decision.`,
};

/** Events of the history. */
export const EVENT_WORD: Readonly<Record<LicenceAction, MessageDescriptor>> = {
  REQUEST: msg`Asked for`,
  ASK: msg`Question asked`,
  ANSWER: msg`Question answered`,
  APPROVE: msg`Approved`,
  ENDORSE: msg`Approved by the first of two`,
  ACTIVATE: msg`Terms accepted, licence active`,
  REFUSE: msg`Refused`,
  APPEAL: msg`Appealed`,
  LAPSE: msg`Lapsed`,
  WITHDRAW: msg`Request withdrawn`,
  SUSPEND: msg`Suspended`,
  RESUME: msg`Resumed`,
  REVOKE: msg`Revoked`,
  EXPIRE: msg`Expired`,
  SURRENDER: msg`Given back`,
};

/** Buttons: each says what happens. */
export const ACTION_WORD: Readonly<Record<LicenceAction, MessageDescriptor>> = {
  REQUEST: msg`Ask for access`,
  ASK: msg`Ask the applicant`,
  ANSWER: msg`Send the answer`,
  APPROVE: msg`Approve`,
  ENDORSE: msg`Approve as the first of two`,
  ACTIVATE: msg`Accept the terms`,
  REFUSE: msg`Refuse`,
  APPEAL: msg`Appeal the refusal`,
  LAPSE: msg`Let it lapse`,
  WITHDRAW: msg`Withdraw the request`,
  SUSPEND: msg`Suspend`,
  RESUME: msg`Resume`,
  REVOKE: msg`Revoke`,
  EXPIRE: msg`Let it expire`,
  SURRENDER: msg`Give the licence back`,
};

export const PRICE_MODEL_WORD: Readonly<Record<PriceModel, MessageDescriptor>> = {
  FREE: msg`Free`,
  FLAT: msg`One price for the whole period`,
  METERED: msg`By use`,
  SUBSCRIPTION: msg`By the month`,
};

export const STAGE_WORD: Readonly<Record<Stage, MessageDescriptor>> = {
  PRE_STARTUP: msg`Before founding`,
  STARTUP: msg`Startup`,
  GROWTH: msg`Growth company`,
};

export const MEMBER_ROLE_WORD: Readonly<Record<MemberRole, MessageDescriptor>> = {
  OWNER: msg`Owner`,
  MANAGER: msg`Manager`,
  DEVELOPER: msg`Developer`,
  VIEWER: msg`Viewer`,
};

/** What a member may do. */
export const MEMBER_ROLE_MEANING: Readonly<Record<MemberRole, MessageDescriptor>> = {
  OWNER: msg`everything, and closes or hands over the organisation`,
  MANAGER: msg`asks for licences, invites and removes members`,
  DEVELOPER: msg`asks for licences, makes keys and uses them`,
  VIEWER: msg`reads requests, licences and usage`,
};

const PURPOSE_WORD: Readonly<Record<string, MessageDescriptor>> = {
  RESEARCH: msg`Research`,
  PRODUCT_DEVELOPMENT: msg`Developing a product`,
  COMMERCIAL_SERVICE: msg`A commercial service`,
  PUBLIC_SERVICE: msg`A public service`,
  EDUCATION: msg`Teaching`,
  JOURNALISM: msg`Journalism`,
};

/** What may be chosen where an offer names no purposes. */
export const ANY_PURPOSE: readonly string[] = Object.keys(PURPOSE_WORD);

/** A purpose in words; one that is younger than this page is shown as its offer wrote it. */
export function purposeWord(purpose: string, t: (message: MessageDescriptor) => string): string {
  const word = PURPOSE_WORD[purpose];
  return word ? t(word) : purpose;
}
