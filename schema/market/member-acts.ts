import { createHash, randomBytes } from "node:crypto";
import type { Context } from "../context.ts";
import * as acts from "./acts.ts";
import { keyNamed } from "./identify.ts";
import { found } from "./organizations.ts";
import { checkText, type FieldFault } from "./plain-text.ts";
import type { Market } from "./refs.ts";
import { Refusal, refuseFaults } from "./refusal.ts";
import { outcome, type Results } from "./refused.ts";
import { requireRight } from "./rights.ts";
import { invitationRows, oneself, organizationOf } from "./rows.ts";

const DAY = 86_400_000;
const INVITED_FOR = 14 * DAY;

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

function addressFaults(email: string): FieldFault[] {
  const faults = checkText("email", email, { max: 254 });
  if (faults.length > 0 || /^[^@\s"<>(),;:\\]+@[^@\s"<>(),;:\\]+\.[^@\s"<>(),;:\\.]+$/.test(email)) return faults;
  return [
    {
      field: "email",
      rule: { ko: "전자우편 주소", en: "an e-mail address" },
      fix: { ko: "예: name@example.com", en: "such as name@example.com" },
    },
  ];
}

const UNPROVED = {
  ko: "전자우편 주소가 확인된 계정만 초대를 수락할 수 있습니다. 로그인 서비스에서 주소를 확인해 주세요.",
  en: "Only an account whose e-mail address is proved can accept an invitation. Prove it at the sign-in service.",
};

/** Inviting, joining, leaving, roles and ownership. */
export function addMemberActs({ builder, MemberRole }: Market, results: Results): void {
  const { OrganizationResult, InviteResult, EraseResult } = results;
  const payload = async (context: Context, id: string) => ({ organization: found(await organizationOf(context, id)) });

  builder.mutationFields((t) => ({
    invite: t.field({
      type: InviteResult,
      description:
        "By its managers. Answers alike whether or not anybody has an account with the address; it ends after 14 days.",
      args: {
        organization: t.arg.id({ required: true }),
        email: t.arg.string({ required: true }),
        role: t.arg({ type: MemberRole, required: true, description: "Ownership is not given by invitation." }),
      },
      resolve: (_root, { organization, email, role }, context) =>
        outcome(context, async ({ person }) => {
          const key = keyNamed("Organization", organization);
          requireRight(context.principal, key, "manage");
          const address = email.trim().toLowerCase();
          refuseFaults(addressFaults(address));
          const token = randomBytes(32).toString("base64url");
          const until = new Date(context.now() + INVITED_FOR).toISOString();
          const id = await acts.invite(context, person, key, address, role, hashOf(token), until);
          const [invitation] = await invitationRows(context, [id], null, null);
          return { invitation: found(invitation), token };
        }),
    }),
    acceptInvitation: t.field({
      type: OrganizationResult,
      description: "By the token of a link or by the invitation, one of both; only with the invited, verified address.",
      args: { token: t.arg.string(), invitation: t.arg.id() },
      resolve: (_root, { token, invitation }, context) =>
        outcome(context, async ({ person }) => {
          if ((token == null) === (invitation == null)) throw new Refusal("BAD_USER_INPUT");
          if (!(await oneself(context, person)).emailVerified) throw new Refusal("FORBIDDEN", UNPROVED);
          const id =
            token == null ? keyNamed("Invitation", invitation) : await acts.findInvitation(context, hashOf(token));
          if (id === null) throw new Refusal("NOT_FOUND");
          return payload(context, await acts.acceptInvitation(context, person, id));
        }),
    }),
    withdrawInvitation: t.field({
      type: OrganizationResult,
      description: "By its managers.",
      args: { invitation: t.arg.id({ required: true }) },
      resolve: (_root, { invitation }, context) =>
        outcome(context, async ({ person }) => {
          const [row] = await invitationRows(context, [keyNamed("Invitation", invitation)], null, null);
          if (row === undefined) throw new Refusal("NOT_FOUND");
          requireRight(context.principal, row.organization, "manage");
          return payload(context, await acts.withdrawInvitation(context, person, row.id));
        }),
    }),
    changeRole: t.field({
      type: OrganizationResult,
      description: "Managers change developers and viewers, the owner managers too. Nobody becomes OWNER by it.",
      args: {
        organization: t.arg.id({ required: true }),
        person: t.arg.id({ required: true }),
        role: t.arg({ type: MemberRole, required: true }),
      },
      resolve: (_root, { organization, person: other, role }, context) =>
        outcome(context, async ({ person }) => {
          const key = keyNamed("Organization", organization);
          requireRight(context.principal, key, "manage");
          return payload(context, await acts.changeRole(context, person, key, keyNamed("Person", other), role));
        }),
    }),
    removeMember: t.field({
      type: OrganizationResult,
      description: "Managers remove developers and viewers, the owner managers too.",
      args: { organization: t.arg.id({ required: true }), person: t.arg.id({ required: true }) },
      resolve: (_root, { organization, person: other }, context) =>
        outcome(context, async ({ person }) => {
          const key = keyNamed("Organization", organization);
          requireRight(context.principal, key, "manage");
          return payload(context, await acts.removeMember(context, person, key, keyNamed("Person", other)));
        }),
    }),
    leaveOrganization: t.field({
      type: OrganizationResult,
      description: "The owner hands the ownership on first.",
      args: { organization: t.arg.id({ required: true }) },
      resolve: (_root, { organization }, context) =>
        outcome(context, async ({ person }) =>
          payload(context, await acts.removeMember(context, person, keyNamed("Organization", organization), person)),
        ),
    }),
    transferOwnership: t.field({
      type: OrganizationResult,
      description: "By the owner, to another member; one becomes a manager.",
      args: { organization: t.arg.id({ required: true }), person: t.arg.id({ required: true }) },
      resolve: (_root, { organization, person: other }, context) =>
        outcome(context, async ({ person }) => {
          const key = keyNamed("Organization", organization);
          requireRight(context.principal, key, "own");
          return payload(context, await acts.transferOwnership(context, person, key, keyNamed("Person", other)));
        }),
    }),
    eraseMe: t.field({
      type: EraseResult,
      description:
        "Blanks one's name and address everywhere in the hub; what was done stays without them. Ownerships are handed on first.",
      resolve: (_root, _args, context) =>
        outcome(context, async ({ person }) => {
          await acts.erasePerson(context, person);
          return { erased: true };
        }),
    }),
  }));
}
