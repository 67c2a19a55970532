import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ActGroup } from "../../developer/search.ts";
import type { LicenceAction } from "../../generated/graphql.ts";
import { EVENT_WORD } from "../../ui/marketWords.ts";

const ACT_WORD: Readonly<Record<string, MessageDescriptor>> = {
  KEY_CREATED: msg`Key made`,
  KEY_REVOKED: msg`Key revoked`,
  KEY_ROTATED: msg`Key rotated`,
  MEMBER_INVITED: msg`Person invited`,
  INVITATION_WITHDRAWN: msg`Invitation withdrawn`,
  MEMBER_JOINED: msg`Member joined`,
  MEMBER_LEFT: msg`Member left`,
  MEMBER_REMOVED: msg`Member removed`,
  ROLE_CHANGED: msg`Role changed`,
  OWNERSHIP_MOVED: msg`Ownership moved`,
  MESSAGE_WRITTEN: msg`Message written`,
  ORGANIZATION_CREATED: msg`Organisation made`,
  ORGANIZATION_CHANGED: msg`Organisation changed`,
  ORGANIZATION_ATTESTED: msg`Business attested`,
  ORGANIZATION_CLOSED: msg`Organisation closed`,
  PERSON_ERASED: msg`Person erased`,
};

/** The acts of each kind that an auditor looks for. */
export const ACTS_OF: Readonly<Record<ActGroup, readonly string[]>> = {
  grants: ["LICENCE_ENDORSE", "LICENCE_APPROVE", "LICENCE_ACTIVATE"],
  refusals: ["LICENCE_REFUSE", "LICENCE_APPEAL"],
  suspensions: ["LICENCE_SUSPEND", "LICENCE_RESUME"],
  revocations: ["LICENCE_REVOKE", "KEY_REVOKED"],
  keys: ["KEY_CREATED", "KEY_ROTATED", "KEY_REVOKED"],
  parties: [
    "ORGANIZATION_CREATED",
    "ORGANIZATION_CHANGED",
    "ORGANIZATION_ATTESTED",
    "ORGANIZATION_CLOSED",
    "MEMBER_INVITED",
    "INVITATION_WITHDRAWN",
    "MEMBER_JOINED",
    "MEMBER_LEFT",
    "MEMBER_REMOVED",
    "ROLE_CHANGED",
    "OWNERSHIP_MOVED",
    "PERSON_ERASED",
  ],
};

export const GROUP_WORD: Readonly<Record<ActGroup, MessageDescriptor>> = {
  grants: msg`Grants`,
  refusals: msg`Refusals and appeals`,
  suspensions: msg`Suspensions`,
  revocations: msg`Revocations`,
  keys: msg`Keys`,
  parties: msg`Organisations and people`,
};

const LICENCE = "LICENCE_";

/** An act of the audit trail in words; one that is younger than this page is shown as it is written. */
export function actWord(act: string, t: (message: MessageDescriptor) => string): string {
  const known =
    ACT_WORD[act] ?? (act.startsWith(LICENCE) ? EVENT_WORD[act.slice(LICENCE.length) as LicenceAction] : undefined);
  return known ? t(known) : act;
}

const SUBJECT_WORD: Readonly<Record<string, MessageDescriptor>> = {
  LICENCE: msg`licence`,
  KEY: msg`key`,
  INVITATION: msg`invitation`,
  MESSAGE: msg`message`,
  ORGANIZATION: msg`organisation`,
  PERSON: msg`person`,
};

/** What an act was about. */
export function subjectWord(kind: string, t: (message: MessageDescriptor) => string): string {
  const known = SUBJECT_WORD[kind];
  return known ? t(known) : kind;
}
