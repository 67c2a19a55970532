import { HubError } from "../../core/errors.ts";
import type { Market } from "./refs.ts";
import { outcome, type Results } from "./refused.ts";

const UNFINISHED = () => new HubError("UNAVAILABLE", "Keys are not made yet.", { retryAfter: 600 });

/** Making, rotating and revoking keys. */
export function addKeyActs({ builder }: Market, { KeyResult }: Results): void {
  const CreateInput = builder.inputType("CreateKeyInput", {
    fields: (t) => ({
      licence: t.id({ required: true }),
      name: t.string({ required: true }),
      scopes: t.stringList({ description: "Doors that it opens: read:graph, read:exports. Leave out for both." }),
      expiresAt: t.field({ type: "DateTime", description: "Leave out for the licence's end." }),
      ipAllow: t.stringList({ description: "Networks (CIDR) that it may be used from; leave out for everywhere." }),
    }),
  });
  builder.mutationFields((t) => ({
    createSandboxKey: t.field({
      type: KeyResult,
      description: "Works at once, on datasets that are synthetic.",
      args: { organization: t.arg.id({ required: true }), name: t.arg.string({ required: true }) },
      resolve: (_root, _args, context) =>
        outcome(context, async () => {
          throw UNFINISHED();
        }),
    }),
    createKey: t.field({
      type: KeyResult,
      description: "Of a licence that is in force.",
      args: { input: t.arg({ type: CreateInput, required: true }) },
      resolve: (_root, _args, context) =>
        outcome(context, async () => {
          throw UNFINISHED();
        }),
    }),
    rotateKey: t.field({
      type: KeyResult,
      description: "A new key in the place of another, which works for some hours more (0 to 168).",
      args: { key: t.arg.id({ required: true }), overlapHours: t.arg.int({ required: true }) },
      resolve: (_root, _args, context) =>
        outcome(context, async () => {
          throw UNFINISHED();
        }),
    }),
    revokeKey: t.field({
      type: KeyResult,
      description: "At once and for good.",
      args: { key: t.arg.id({ required: true }), reason: t.arg.string() },
      resolve: (_root, _args, context) =>
        outcome(context, async () => {
          throw UNFINISHED();
        }),
    }),
  }));
}
