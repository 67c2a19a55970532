import { isUuid } from "../../core/ids.ts";
import { connect } from "../connection.ts";
import type { Context } from "../context.ts";
import type { Representation } from "../federation.ts";
import { keyOf, opaqueId } from "../opaque.ts";
import type { Market } from "./refs.ts";
import { isMember, mayAs, maySee, memberRole } from "./rights.ts";
import {
  invitationRows,
  keyRows,
  licencePage,
  type MemberRow,
  membersOf,
  type OrganizationRow,
  offersOfProvider,
  organizationOf,
  organizationRows,
  personNamed,
} from "./rows.ts";
import { standing } from "./standing.ts";

/** Organisations: providers and customers of data, their people and what is theirs. */
export function addOrganizations(market: Market): void {
  const { builder, Text, Organization, Organizations, Offer, Licences, LicenceState, ApiKey } = market;
  const { Person, Member, Invitation, MemberRole, InvitationState, Stage } = market;

  Person.implement({
    description: "A person of the market. Somebody who was erased has neither name nor address.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Person", id) }),
      name: t.exposeString("name", { nullable: true }),
      email: t.exposeString("email", {
        nullable: true,
        description: "Only for oneself and the managers of one's organisation.",
      }),
    }),
  });
  Member.implement({
    fields: (t) => ({
      person: t.field({
        type: Person,
        resolve: (member, _args, { principal }) => ({
          id: member.person,
          name: member.name,
          email: maySeeAddress(member, principal) ? member.email : null,
        }),
      }),
      role: t.field({ type: MemberRole, resolve: ({ role }) => role }),
      joinedAt: t.field({ type: "DateTime", resolve: ({ joinedAt }) => joinedAt }),
    }),
  });
  Invitation.implement({
    description: "To join an organisation. Only the invited address can accept it.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Invitation", id) }),
      organization: t.field({
        type: Organization,
        resolve: async ({ organization }, _args, context) => found(await organizationOf(context, organization)),
      }),
      email: t.exposeString("email", { nullable: true, description: "Null once it was erased." }),
      role: t.field({ type: MemberRole, resolve: ({ role }) => role }),
      invitedBy: t.field({
        type: Person,
        nullable: true,
        resolve: ({ invitedBy }, _args, context) => personNamed(context, invitedBy),
      }),
      createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
      expiresAt: t.field({ type: "DateTime", resolve: ({ expiresAt }) => expiresAt }),
      state: t.field({ type: InvitationState, resolve: ({ state }) => state }),
    }),
  });
  Organization.implement({
    description: "A provider of data, an operator of devices, or a customer.",
    extensions: { directives: { key: [{ fields: "id" }] } },
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Organization", id) }),
      slug: t.exposeString("slug"),
      name: t.field({ type: Text, resolve: ({ name }) => name }),
      url: t.exposeString("url", { nullable: true }),
      stage: t.field({
        type: Stage,
        nullable: true,
        description: "Of a company; null for a public body.",
        resolve: ({ stage }) => stage,
      }),
      registrationNumber: t.string({
        nullable: true,
        description: "Of the business; for members and staff.",
        resolve: ({ id, registrationNumber }, _args, { principal }) =>
          maySee(principal, id) ? registrationNumber : null,
      }),
      attestedAt: t.field({
        type: "DateTime",
        nullable: true,
        description: "When a steward saw proof of the business.",
        resolve: ({ attestedAt }) => attestedAt,
      }),
      closedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ closedAt }) => closedAt }),
      isProvider: t.exposeBoolean("isProvider", { description: "Provides data or operates devices." }),
      offers: t.field({
        type: [Offer],
        resolve: async ({ id }, _args, context) => (await offersOfProvider(context, id)) ?? [],
      }),
      myRole: t.field({
        type: MemberRole,
        nullable: true,
        resolve: ({ id }, _args, { principal }) => memberRole(principal, id),
      }),
      members: t.field({
        type: [Member],
        nullable: true,
        description: "For members and staff; null for others.",
        resolve: async ({ id }, _args, context) =>
          maySee(context.principal, id) ? ((await membersOf(context, id)) ?? []) : null,
      }),
      invitations: t.field({
        type: [Invitation],
        nullable: true,
        description: "For its managers; null for others. Newest first.",
        resolve: ({ id }, _args, context) =>
          mayAs(context.principal, id, "manage") ? invitationRows(context, null, [id], null) : null,
      }),
      keys: t.field({
        type: [ApiKey],
        nullable: true,
        description: "For members; null for others. Newest first.",
        resolve: ({ id }, _args, context) =>
          isMember(context.principal, id) ? keyRows(context, null, [id], null) : null,
      }),
      licences: t.field({
        type: Licences,
        nullable: true,
        description: "Requests and licences, newest first; for members and staff, null for others.",
        args: { ...t.arg.connectionArgs(), states: t.arg({ type: [LicenceState] }) },
        resolve: ({ id }, { states, ...page }, context) =>
          maySee(context.principal, id) ? licencePage(context, page, [id], states ?? null) : null,
      }),
    }),
  });

  builder.queryFields((t) => ({
    organization: t.field({
      type: Organization,
      nullable: true,
      description: "A provider, or an organisation of one's own; null for others.",
      args: { slug: t.arg.string({ required: true }) },
      resolve: async (_root, { slug }, context) => {
        await standing(context);
        const [row] = await organizationRows(context, null, slug, false, null, null, false, 1);
        return row !== undefined && (row.isProvider || maySee(context.principal, row.id)) ? row : null;
      },
    }),
    organizations: t.field({
      type: Organizations,
      description: "The providers, by slug. Customers are not listed.",
      args: t.arg.connectionArgs(),
      resolve: (_root, args, context) =>
        connect<OrganizationRow>(
          args,
          ({ slug }) => slug,
          ({ after, before, inverted, limit }) =>
            organizationRows(context, null, null, true, after, before, inverted, limit),
        ),
    }),
  }));
}

const maySeeAddress = (member: MemberRow, principal: Context["principal"]): boolean =>
  (principal.kind === "PERSON" && principal.person === member.person) ||
  mayAs(principal, member.organization, "manage");

/** A row that a foreign key promises. */
export function found<Row>(row: Row | null | undefined): Row {
  if (row == null) throw new Error("a foreign key points at nothing");
  return row;
}

/** Organizations that one request names, in the order of the references. */
export async function loadOrganizations(references: readonly Representation[], context: Context) {
  await standing(context);
  const ids = references.map(({ id }) => keyOf("Organization", id));
  const rows = await organizationRows(context, ids.filter(isUuid), null, false, null, null, false, null);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}
