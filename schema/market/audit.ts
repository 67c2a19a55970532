import { connect, NUMBERS } from "../connection.ts";
import { query } from "../query.ts";
import type { Market } from "./refs.ts";
import { requireStaff } from "./rights.ts";

export type AuditRow = {
  id: number;
  at: number;
  actor: string | null;
  actorName: string | null;
  act: string;
  subjectKind: string;
  subjectId: string;
  reason: string | null;
  before: string | null;
  after: string | null;
  personal: string | null;
  personalErased: boolean;
  previous: string;
  hash: string;
};
type StateRow = { entries: number; head: string | null; faults: { id: number; fault: string }[] };

const auditRows = query<
  AuditRow,
  [
    subject: string | null,
    acts: readonly string[] | null,
    after: string | null,
    before: string | null,
    oldestFirst: boolean,
    limit: number,
  ]
>(new URL("./audit.sql", import.meta.url));
const stateRows = query<StateRow, []>(new URL("./audit-state.sql", import.meta.url));

/** The key behind an opaque id of any type, or what was given. */
function subjectOf(id: string): string {
  const text = Buffer.from(id, "base64url").toString("utf8");
  return /^[A-Za-z]+:/.test(text) ? text.slice(text.indexOf(":") + 1) : id;
}

/** Every privileged act: who, what, when, why, before and after. For auditors and administrators. */
export function addAudit({ builder, Person }: Market): void {
  const Entry = builder.objectRef<AuditRow>("AuditEntry").implement({
    description:
      "One act. hash = SHA-256(previous ‖ its text); the personal part is committed to by a salted hash and can be erased by itself.",
    fields: (t) => ({
      number: t.field({ type: "BigInt", resolve: ({ id }) => id }),
      at: t.field({ type: "DateTime", resolve: ({ at }) => at }),
      actor: t.field({
        type: Person,
        nullable: true,
        description: "Null where the clock did it.",
        resolve: ({ actor, actorName }) => (actor === null ? null : { id: actor, name: actorName, email: null }),
      }),
      act: t.exposeString("act"),
      subjectKind: t.exposeString("subjectKind"),
      subjectId: t.exposeString("subjectId"),
      reason: t.exposeString("reason", { nullable: true }),
      before: t.exposeString("before", { nullable: true, description: "JSON." }),
      after: t.exposeString("after", { nullable: true, description: "JSON." }),
      personal: t.exposeString("personal", { nullable: true, description: "The personal part, JSON." }),
      personalErased: t.exposeBoolean("personalErased"),
      previous: t.exposeString("previous", { description: "Hash of the entry before, hexadecimal." }),
      hash: t.exposeString("hash"),
    }),
  });
  const Entries = builder.connectionObject(
    { type: Entry, name: "AuditEntryConnection" },
    builder.edgeObject({ type: Entry, name: "AuditEntryEdge" }),
  );
  const Fault = builder.objectRef<StateRow["faults"][number]>("AuditFault").implement({
    fields: (t) => ({
      number: t.field({ type: "BigInt", resolve: ({ id }) => id }),
      fault: t.exposeString("fault", {
        description:
          "CHAIN: the entry before is another or gone; HASH: it was changed; PERSONAL: its personal part was.",
      }),
    }),
  });
  const Verification = builder.objectRef<StateRow>("AuditVerification").implement({
    description: "Whether the chain of the trail holds, computed now over all of it.",
    fields: (t) => ({
      ok: t.boolean({ resolve: ({ faults }) => faults.length === 0 }),
      entries: t.field({ type: "BigInt", resolve: ({ entries }) => entries }),
      head: t.exposeString("head", { nullable: true, description: "Hash of the last entry, to be kept elsewhere." }),
      faults: t.field({ type: [Fault], description: "At most 100.", resolve: ({ faults }) => faults }),
    }),
  });

  builder.queryFields((t) => ({
    auditTrail: t.field({
      type: Entries,
      description: "Newest first; for auditors and administrators.",
      args: {
        ...t.arg.connectionArgs(),
        subjectId: t.arg.id({ description: "Of a licence, organisation, person, key …" }),
        acts: t.arg.stringList({ description: "Such as LICENCE_APPROVE, KEY_CREATED, MEMBER_INVITED." }),
      },
      resolve: (_root, { subjectId, acts, ...page }, context) => {
        requireStaff(context.principal, "auditor", "admin");
        return connect<AuditRow>(
          page,
          ({ id }) => String(id),
          ({ after, before, inverted, limit }) =>
            auditRows(
              context,
              subjectId == null ? null : subjectOf(subjectId),
              acts ?? null,
              after,
              before,
              inverted,
              limit,
            ),
          NUMBERS,
        );
      },
    }),
    auditVerified: t.field({
      type: Verification,
      description: "For auditors and administrators.",
      resolve: async (_root, _args, context) => {
        requireStaff(context.principal, "auditor", "admin");
        const [state] = await stateRows(context);
        if (state === undefined) throw new Error("an aggregate answers one row");
        return state;
      },
    }),
  }));
}
