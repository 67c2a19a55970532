import { HubError } from "../../core/errors.ts";
import { visibleLicence } from "./licences.ts";
import type { Market } from "./refs.ts";
import { type KeyRow, keysOfLicence, membersOf } from "./rows.ts";
import { type UsageOf, type UsagePoint, usageOf, usedSince } from "./usage.ts";

type Preview = { keys: KeyRow[]; people: number; usedThisMonth: number; usedLastDay: number; stopsAccess: boolean };

const DAY = 86_400_000;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** What a licence was used for, and what an action on it would touch. */
export function addUsage({ builder, Licence, LicenceAction, ApiKey }: Market): void {
  const Point = builder.objectRef<UsagePoint>("UsagePoint").implement({
    fields: (t) => ({
      at: t.field({ type: "DateTime", description: "Where the day or hour begins.", resolve: ({ at }) => at }),
      units: t.field({ type: "BigInt", resolve: ({ units }) => units }),
    }),
  });
  const Usage = builder.objectRef<UsageOf>("Usage").implement({
    description: "Use of a month against its quota. A unit is a value or a row that was answered.",
    fields: (t) => ({
      month: t.exposeString("month", { description: "YYYY-MM, of the city's calendar." }),
      quota: t.field({ type: "BigInt", resolve: ({ quota }) => quota }),
      used: t.field({ type: "BigInt", resolve: ({ used }) => used }),
      resetAt: t.field({ type: "DateTime", resolve: ({ resetAt }) => resetAt }),
      byDay: t.field({ type: [Point], resolve: ({ byDay }) => byDay }),
      byHour: t.field({
        type: [Point],
        description: "Of the last 48 hours of the month, and of the month alone.",
        resolve: ({ byHour }) => byHour,
      }),
    }),
  });
  builder.objectField(Licence, "usage", (t) =>
    t.field({
      type: Usage,
      nullable: true,
      description: "Of this month, or of another (YYYY-MM). Null before it is in force.",
      args: { month: t.arg.string() },
      resolve: (row, { month }, context) => {
        if (month != null && !MONTH.test(month)) {
          throw new HubError("BAD_USER_INPUT", "A month is written YYYY-MM.", { field: "month" });
        }
        return row.activatedAt === null ? null : usageOf(context, row.id, month ?? null);
      },
    }),
  );

  const ActionPreview = builder.objectRef<Preview>("ActionPreview").implement({
    description: "What an action would touch, as it stands now.",
    fields: (t) => ({
      stopsAccess: t.exposeBoolean("stopsAccess", {
        description: "Whether whoever uses the licence is refused at once.",
      }),
      keys: t.field({ type: [ApiKey], description: "That work now.", resolve: ({ keys }) => keys }),
      people: t.exposeInt("people", { description: "Members who may use it." }),
      usedThisMonth: t.field({ type: "BigInt", resolve: ({ usedThisMonth }) => usedThisMonth }),
      usedLastDay: t.field({ type: "BigInt", description: "In 24 hours.", resolve: ({ usedLastDay }) => usedLastDay }),
    }),
  });
  builder.queryFields((t) => ({
    previewAction: t.field({
      type: ActionPreview,
      nullable: true,
      description: "Null for a licence that the caller may not see.",
      args: { licence: t.arg.id({ required: true }), action: t.arg({ type: LicenceAction, required: true }) },
      resolve: async (_root, { licence: id, action }, context) => {
        const licence = await visibleLicence(context, id);
        if (licence === null) return null;
        const now = context.now();
        const keys = ((await keysOfLicence(context, licence.id)) ?? []).filter(
          ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt ?? Infinity) > now,
        );
        const members = (await membersOf(context, licence.organization)) ?? [];
        return {
          keys,
          people: members.filter(({ role }) => role !== "VIEWER").length,
          usedThisMonth: licence.activatedAt === null ? 0 : (await usageOf(context, licence.id, null)).used,
          usedLastDay: licence.activatedAt === null ? 0 : await usedSince(context, licence.id, now - DAY),
          stopsAccess: licence.state === "ACTIVE" && STOPPING.has(action),
        };
      },
    }),
  }));
}

const STOPPING: ReadonlySet<string> = new Set(["SUSPEND", "REVOKE", "EXPIRE", "SURRENDER"]);
