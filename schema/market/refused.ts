import type { Context } from "../context.ts";
import type { FieldFault } from "./plain-text.ts";
import type { Market } from "./refs.ts";
import { type Refused, refusalOf } from "./refusal.ts";
import { type Person, requirePerson } from "./rights.ts";
import { readAgain, standing } from "./standing.ts";

/** The answers of mutations: what was made, or why not. */
export function addResults({ builder, Text, Organization, Licence, ApiKey, Invitation, Message }: Market) {
  const Fault = builder.objectRef<FieldFault>("FieldFault").implement({
    description: "One fault of the input.",
    fields: (t) => ({
      field: t.exposeString("field"),
      rule: t.field({ type: Text, resolve: ({ rule }) => rule }),
      fix: t.field({ type: Text, resolve: ({ fix }) => fix }),
    }),
  });
  const RefusedType = builder.objectRef<Refused>("Refused").implement({
    description: "Why something was not done. Nothing of it was.",
    fields: (t) => ({
      code: t.exposeString("code", {
        description: "BAD_USER_INPUT, CONFLICT, FORBIDDEN, LIMIT_EXCEEDED, NOT_FOUND or TRANSITION_INVALID.",
      }),
      message: t.field({ type: Text, resolve: ({ text }) => text }),
      fields: t.field({ type: [Fault], resolve: ({ fields }) => fields }),
    }),
  });

  const OrganizationPayload = builder
    .objectRef<{ organization: typeof Organization.$inferType }>("OrganizationPayload")
    .implement({
      fields: (t) => ({ organization: t.field({ type: Organization, resolve: (it) => it.organization }) }),
    });
  const InvitePayload = builder
    .objectRef<{ invitation: typeof Invitation.$inferType; token: string }>("InvitePayload")
    .implement({
      fields: (t) => ({
        invitation: t.field({ type: Invitation, resolve: (it) => it.invitation }),
        token: t.exposeString("token", {
          description: "Shown this once, for a link; it is of use to the invited address alone.",
        }),
      }),
    });
  const LicencePayload = builder
    .objectRef<{ licence: typeof Licence.$inferType }>("LicencePayload")
    .implement({ fields: (t) => ({ licence: t.field({ type: Licence, resolve: (it) => it.licence }) }) });
  const MessagePayload = builder
    .objectRef<{ message: typeof Message.$inferType; licence: typeof Licence.$inferType }>("MessagePayload")
    .implement({
      fields: (t) => ({
        message: t.field({ type: Message, resolve: (it) => it.message }),
        licence: t.field({ type: Licence, resolve: (it) => it.licence }),
      }),
    });
  const KeyPayload = builder
    .objectRef<{ key: typeof ApiKey.$inferType; secret: string | null }>("KeyPayload")
    .implement({
      fields: (t) => ({
        key: t.field({ type: ApiKey, resolve: (it) => it.key }),
        secret: t.exposeString("secret", {
          nullable: true,
          description: "The whole key, shown this once: the hub keeps its hash. Null where none was made.",
        }),
      }),
    });
  const ErasePayload = builder
    .objectRef<{ erased: boolean }>("ErasePayload")
    .implement({ fields: (t) => ({ erased: t.exposeBoolean("erased") }) });

  // <name>Result = <name>Payload | Refused
  const named = (name: string) => ({
    resolveType: (value: unknown) => (isRefused(value) ? "Refused" : `${name}Payload`),
  });
  return {
    OrganizationResult: builder.unionType("OrganizationResult", {
      types: [OrganizationPayload, RefusedType],
      ...named("Organization"),
    }),
    InviteResult: builder.unionType("InviteResult", { types: [InvitePayload, RefusedType], ...named("Invite") }),
    LicenceResult: builder.unionType("LicenceResult", { types: [LicencePayload, RefusedType], ...named("Licence") }),
    MessageResult: builder.unionType("MessageResult", { types: [MessagePayload, RefusedType], ...named("Message") }),
    KeyResult: builder.unionType("KeyResult", { types: [KeyPayload, RefusedType], ...named("Key") }),
    EraseResult: builder.unionType("EraseResult", { types: [ErasePayload, RefusedType], ...named("Erase") }),
  };
}

const isRefused = (value: unknown): value is Refused =>
  typeof value === "object" && value !== null && "refused" in value && value.refused === true;

export type Results = ReturnType<typeof addResults>;

/**
 * Does what a person asks, and answers expected outcomes as `Refused`.
 * What they belong to is read again afterwards: later fields of the same request see what is now.
 * @throws HubError UNAUTHENTICATED when nobody is signed in
 */
export async function outcome<Payload>(
  context: Context,
  act: (person: Person) => Promise<Payload>,
): Promise<Payload | Refused> {
  const person = requirePerson(await standing(context));
  try {
    const payload = await act(person);
    await readAgain(context);
    return payload;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const { code, text, fields } = refusal;
    return { refused: true, code, text, fields };
  }
}
