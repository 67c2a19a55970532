import { opaqueId } from "../opaque.ts";
import type { Market } from "./refs.ts";
import { licenceOf } from "./rows.ts";

/** Keys by which programs ask; what of them may be shown. */
export function addKeys({ ApiKey, Licence, KeyEnvironment }: Market): void {
  ApiKey.implement({
    description: "A key of a licence, or of a sandbox. The hub keeps its hash alone.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("ApiKey", id) }),
      name: t.exposeString("name"),
      start: t.string({
        description: "Its beginning, to tell keys apart.",
        resolve: ({ environment, lookup }) => `mdg_${environment}_${lookup}…`,
      }),
      environment: t.field({ type: KeyEnvironment, resolve: ({ environment }) => environment }),
      scopes: t.exposeStringList("scopes"),
      licence: t.field({
        type: Licence,
        nullable: true,
        description: "Null for a sandbox key.",
        resolve: ({ licence }, _args, context) => (licence === null ? null : licenceOf(context, licence)),
      }),
      makerLeft: t.exposeBoolean("makerLeft", {
        description: "Who made it is no member any more, and may still know it: rotate it.",
      }),
      createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
      expiresAt: t.field({ type: "DateTime", nullable: true, resolve: ({ expiresAt }) => expiresAt }),
      revokedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ revokedAt }) => revokedAt }),
      lastUsedOn: t.field({
        type: "Date",
        nullable: true,
        description: "The day alone.",
        resolve: ({ lastUsedOn }) => lastUsedOn,
      }),
      ipAllow: t.stringList({
        description: "Networks that it may be used from (CIDR); empty: from everywhere.",
        resolve: ({ ipAllow }) => ipAllow ?? [],
      }),
    }),
  });
}
