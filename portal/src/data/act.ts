import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { TypedDocumentString } from "../generated/graphql.ts";
import type { LocalText } from "../text/language.ts";
import { execute, Fault } from "./execute.ts";

/** What the hub says of one entry of a form: its name, the broken rule, and what to do. */
export type FieldFault = { readonly field: string; readonly rule: LocalText; readonly fix: LocalText };

type Refused = {
  readonly __typename: "Refused";
  readonly code: string;
  readonly message: LocalText;
  readonly fields: readonly FieldFault[];
};

/** An expected no of the hub: the act did not happen, and this is why. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly text: LocalText;
  readonly fields: readonly FieldFault[];

  constructor({ code, message, fields }: Refused) {
    super(message.en);
    this.code = code;
    this.text = message;
    this.fields = fields;
  }
}

/** Private answers have this in front of their key: they are asked again after every act, and forgotten at sign-out. */
export const PRIVATE = "private";

/** What every mutation answers: one field whose value is a payload or a refusal. */
type Answer = Readonly<Record<string, { readonly __typename?: string } | null>>;
type Payload<Result extends Answer> = Exclude<Result[keyof Result], null | { __typename: "Refused" }>;

/**
 * One act on the hub. It is tried once only: whether it was done is seen by looking, so all private answers are asked
 * again when it has settled, also after an error.
 * @throws Refusal in `error` for an expected no, Fault for anything else
 */
export function useAct<Result extends Answer, Variables>(document: TypedDocumentString<Result, Variables>) {
  const client = useQueryClient();
  const key: QueryKey = [PRIVATE];
  return useMutation({
    networkMode: "always",
    retry: false,
    mutationFn: async (variables: Variables): Promise<Payload<Result>> => {
      const answer = await execute(document, variables, new AbortController().signal);
      const [payload] = Object.values(answer);
      if (payload == null) throw new Fault("INTERNAL", "The answer was empty.");
      if (isRefused(payload)) throw new Refusal(payload);
      return payload as Payload<Result>;
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

function isRefused(payload: { readonly __typename?: string }): payload is Refused {
  return payload.__typename === "Refused";
}
