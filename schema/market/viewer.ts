import { found } from "./organizations.ts";
import type { Market } from "./refs.ts";
import type { Person } from "./rights.ts";
import { invitationRows, membershipRows, oneself, organizationOf } from "./rows.ts";
import { standing } from "./standing.ts";

/** The one who is signed in. */
export function addViewer({
  builder,
  Person: PersonType,
  Membership,
  Invitation,
  Organization,
  MemberRole,
  RealmRole,
}: Market): void {
  Membership.implement({
    fields: (t) => ({
      organization: t.field({
        type: Organization,
        resolve: async ({ organization }, _args, context) => found(await organizationOf(context, organization)),
      }),
      role: t.field({ type: MemberRole, resolve: ({ role }) => role }),
      joinedAt: t.field({ type: "DateTime", resolve: ({ joinedAt }) => joinedAt }),
    }),
  });
  const Viewer = builder.objectRef<Person>("Viewer").implement({
    description: "The person who is signed in.",
    fields: (t) => ({
      person: t.field({ type: PersonType, resolve: ({ person }, _args, context) => oneself(context, person) }),
      emailVerified: t.boolean({
        description: "Whether one's address was proved at the identity provider: invitations ask for it.",
        resolve: async ({ person }, _args, context) => (await oneself(context, person)).emailVerified,
      }),
      roles: t.field({ type: [RealmRole], resolve: ({ roles }) => [...roles] }),
      organizations: t.field({
        type: [Membership],
        resolve: ({ person }, _args, context) => membershipRows(context, person),
      }),
      invitations: t.field({
        type: [Invitation],
        description: "That wait for an answer.",
        resolve: async ({ person }, _args, context) => {
          const { email, emailVerified } = await oneself(context, person);
          if (email === null || !emailVerified) return [];
          const rows = await invitationRows(context, null, null, email);
          return rows.filter(({ state }) => state === "PENDING");
        },
      }),
    }),
  });
  builder.queryFields((t) => ({
    viewer: t.field({
      type: Viewer,
      nullable: true,
      description: "Null for anybody who is not a signed-in person.",
      resolve: async (_root, _args, context) => {
        const principal = await standing(context);
        return principal.kind === "PERSON" ? principal : null;
      },
    }),
  }));
}
