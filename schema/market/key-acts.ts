import { isIP } from "node:net";
import { makeKey } from "../../core/licence/key.ts";
import { KEY_SCOPES } from "../../core/licence/principal.ts";
import type { Context } from "../context.ts";
import * as acts from "./acts.ts";
import { keyNamed } from "./identify.ts";
import { visibleLicence } from "./licences.ts";
import { found } from "./organizations.ts";
import { checkText, type FieldFault } from "./plain-text.ts";
import type { Market } from "./refs.ts";
import { Refusal, refuseFaults } from "./refusal.ts";
import { outcome, type Results } from "./refused.ts";
import { hasOffice, mayAs, maySee, requireRight } from "./rights.ts";
import { type KeyRow, keyRows } from "./rows.ts";

const NAME = { max: 100 };
/** How long a sandbox key works. */
const SANDBOX_DAYS = 365;
const DAY = 86_400_000;

const keyRow = async (context: Context, id: string): Promise<KeyRow> =>
  found((await keyRows(context, [id], null, null))[0]);

/** @throws Refusal NOT_FOUND for a key of an organisation that the caller has nothing to do with */
async function requireKey(context: Context, id: unknown): Promise<KeyRow> {
  const [row] = await keyRows(context, [keyNamed("ApiKey", id)], null, null);
  if (row === undefined || !maySee(context.principal, row.organization)) throw new Refusal("NOT_FOUND");
  return row;
}

const scopeFaults = (scopes: readonly string[]): FieldFault[] =>
  scopes.length > 0 && scopes.every((scope) => (KEY_SCOPES as readonly string[]).includes(scope))
    ? []
    : [
        {
          field: "scopes",
          rule: { ko: `다음 중에서: ${KEY_SCOPES.join(", ")}`, en: `of ${KEY_SCOPES.join(", ")}` },
          fix: { ko: "비우면 모두 허용됩니다", en: "leave them out for all" },
        },
      ];

/** An address, or address/bits; bits beyond the network are refused by the database. */
const isNetwork = (text: string): boolean => {
  const [address = "", bits, ...more] = text.split("/");
  const most = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
};

const networkFaults = (networks: readonly string[]): FieldFault[] =>
  networks.length <= 20 && networks.every(isNetwork)
    ? []
    : [
        {
          field: "ipAllow",
          rule: { ko: "주소/비트로 쓴 네트워크 20개 이하", en: "at most 20 networks, written as address/bits" },
          fix: { ko: "예: 203.0.113.0/24", en: "such as 203.0.113.0/24" },
        },
      ];

/** Making, rotating and revoking keys. A secret is made here, told once, and kept as its hash. */
export function addKeyActs({ builder }: Market, { KeyResult }: Results): void {
  const CreateInput = builder.inputType("CreateKeyInput", {
    fields: (t) => ({
      licence: t.id({ required: true }),
      name: t.string({ required: true }),
      scopes: t.stringList({ description: `Doors that it opens: ${KEY_SCOPES.join(", ")}. Leave out for all.` }),
      expiresAt: t.field({ type: "DateTime", description: "Leave out for the licence's end." }),
      ipAllow: t.stringList({ description: "Networks (CIDR) that it may be used from; leave out for everywhere." }),
    }),
  });
  builder.mutationFields((t) => ({
    createSandboxKey: t.field({
      type: KeyResult,
      description: `Works at once, for ${SANDBOX_DAYS} days, on datasets that are synthetic.`,
      args: { organization: t.arg.id({ required: true }), name: t.arg.string({ required: true }) },
      resolve: (_root, { organization: id, name }, context) =>
        outcome(context, async ({ person }) => {
          const organization = keyNamed("Organization", id);
          requireRight(context.principal, organization, "develop");
          refuseFaults(checkText("name", name, NAME));
          const { text, lookup, hash } = makeKey("test");
          const end = new Date(context.now() + SANDBOX_DAYS * DAY).toISOString();
          const made = await acts.createKey(
            context,
            person,
            organization,
            null,
            name,
            lookup,
            hash,
            KEY_SCOPES,
            end,
            [],
          );
          return { key: await keyRow(context, made), secret: text };
        }),
    }),
    createKey: t.field({
      type: KeyResult,
      description: "Of a licence that is in force.",
      args: { input: t.arg({ type: CreateInput, required: true }) },
      resolve: (_root, { input }, context) =>
        outcome(context, async ({ person }) => {
          const licence = await visibleLicence(context, input.licence);
          if (licence === null) throw new Refusal("NOT_FOUND");
          requireRight(context.principal, licence.organization, "develop");
          const scopes = input.scopes ?? [...KEY_SCOPES];
          const networks = input.ipAllow ?? [];
          refuseFaults([...checkText("name", input.name, NAME), ...scopeFaults(scopes), ...networkFaults(networks)]);
          const { text, lookup, hash } = makeKey("live");
          const made = await acts.createKey(
            context,
            person,
            licence.organization,
            licence.id,
            input.name,
            lookup,
            hash,
            scopes,
            input.expiresAt == null ? null : new Date(input.expiresAt).toISOString(),
            networks,
          );
          return { key: await keyRow(context, made), secret: text };
        }),
    }),
    rotateKey: t.field({
      type: KeyResult,
      description: "A new key in the place of another, which works for some hours more (0 to 168).",
      args: { key: t.arg.id({ required: true }), overlapHours: t.arg.int({ required: true }) },
      resolve: (_root, { key, overlapHours }, context) =>
        outcome(context, async ({ person }) => {
          const old = await requireKey(context, key);
          requireRight(context.principal, old.organization, "develop");
          const { text, lookup, hash } = makeKey(old.environment);
          const made = await acts.rotateKey(context, person, old.id, lookup, hash, overlapHours);
          return { key: await keyRow(context, made), secret: text };
        }),
    }),
    revokeKey: t.field({
      type: KeyResult,
      description:
        "At once and for good; also by a steward or administrator: a leaked key does not wait for its owner.",
      args: { key: t.arg.id({ required: true }), reason: t.arg.string() },
      resolve: (_root, { key, reason }, context) =>
        outcome(context, async ({ person }) => {
          const old = await requireKey(context, key);
          const own = mayAs(context.principal, old.organization, "develop");
          if (!own && !hasOffice(context.principal)) throw new Refusal("FORBIDDEN");
          refuseFaults(reason == null ? [] : checkText("reason", reason, { max: 1_000, lines: true }));
          await acts.revokeKey(context, person, old.id, reason ?? null, !own);
          return { key: await keyRow(context, old.id), secret: null };
        }),
    }),
  }));
}
