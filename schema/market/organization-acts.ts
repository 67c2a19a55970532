import { randomInt } from "node:crypto";
import type { Context } from "../context.ts";
import * as acts from "./acts.ts";
import { keyNamed } from "./identify.ts";
import { found } from "./organizations.ts";
import { checkOptionalText, checkText, type FieldFault } from "./plain-text.ts";
import type { Market } from "./refs.ts";
import { refuseFaults } from "./refusal.ts";
import { outcome, type Results } from "./refused.ts";
import { requireRight, requireRole } from "./rights.ts";
import { organizationOf } from "./rows.ts";

const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** The wish, and four letters that nobody chooses: trying slugs tells nobody who is a customer. */
const slugOf = (wish: string | null | undefined): string =>
  `${wish ?? "org"}-${Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;

type Texts = {
  nameKo?: string | null | undefined;
  nameEn?: string | null | undefined;
  slug?: string | null | undefined;
  url?: string | null | undefined;
  registrationNumber?: string | null | undefined;
};

function faultsOf({ nameKo, nameEn, slug, url, registrationNumber }: Texts): FieldFault[] {
  const faults = [
    ...checkOptionalText("nameKo", nameKo, { max: 100 }),
    ...checkOptionalText("nameEn", nameEn, { max: 100 }),
    ...checkOptionalText("url", url, { max: 300 }),
  ];
  if (slug != null && (!SLUG.test(slug) || slug.length > 40)) {
    faults.push({
      field: "slug",
      rule: {
        ko: "영문 소문자와 숫자, 사이에 붙임표, 40자 이하",
        en: "small letters and digits, hyphens between, at most 40",
      },
      fix: { ko: "예: my-company", en: "such as my-company" },
    });
  }
  if (url != null && !isWebAddress(url)) {
    faults.push({
      field: "url",
      rule: { ko: "https:// 로 시작하는 주소", en: "an address that begins with https://" },
      fix: { ko: "예: https://example.com", en: "such as https://example.com" },
    });
  }
  if (registrationNumber != null && !/^[0-9A-Za-z-]{5,30}$/.test(registrationNumber)) {
    faults.push({
      field: "registrationNumber",
      rule: { ko: "숫자, 영문자, 붙임표 5~30자", en: "5 to 30 digits, letters and hyphens" },
      fix: { ko: "사업자등록번호를 적어 주세요", en: "write the number of the business registration" },
    });
  }
  return faults;
}

const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url?.protocol === "https:" && url.username === "" && url.password === "" && /^[^\s"<>]+$/.test(text);
};

/** What was given of the optional fields: a field that is left out stays as it is, null empties it. */
const given = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

/** Making, changing, attesting and closing organisations. */
export function addOrganizationActs({ builder, Stage }: Market, { OrganizationResult }: Results): void {
  const payload = async (context: Context, id: string) => ({ organization: found(await organizationOf(context, id)) });
  const CreateInput = builder.inputType("CreateOrganizationInput", {
    fields: (t) => ({
      nameKo: t.string({ required: true }),
      nameEn: t.string({ required: true }),
      slug: t.string({ description: "A wish; the hub adds four letters." }),
      stage: t.field({ type: Stage, description: "Of a company; leave out for a public body." }),
      url: t.string(),
      registrationNumber: t.string(),
    }),
  });
  const UpdateInput = builder.inputType("UpdateOrganizationInput", {
    description: "A field that is left out stays as it is.",
    fields: (t) => ({
      organization: t.id({ required: true }),
      nameKo: t.string(),
      nameEn: t.string(),
      stage: t.field({ type: Stage }),
      url: t.string(),
      registrationNumber: t.string({ description: "A changed number needs a new attestation." }),
    }),
  });
  builder.mutationFields((t) => ({
    createOrganization: t.field({
      type: OrganizationResult,
      description: "One becomes its OWNER.",
      args: { input: t.arg({ type: CreateInput, required: true }) },
      resolve: (_root, { input }, context) =>
        outcome(context, async ({ person }) => {
          refuseFaults(faultsOf(input));
          const { slug, ...texts } = input;
          const fields = given({ ...texts, slug: slugOf(slug) });
          return payload(context, await acts.createOrganization(context, person, fields));
        }),
    }),
    updateOrganization: t.field({
      type: OrganizationResult,
      description: "By its managers.",
      args: { input: t.arg({ type: UpdateInput, required: true }) },
      resolve: (_root, { input: { organization, ...changes } }, context) =>
        outcome(context, async ({ person }) => {
          const key = keyNamed("Organization", organization);
          requireRight(context.principal, key, "manage");
          refuseFaults(faultsOf(changes));
          return payload(context, await acts.updateOrganization(context, person, key, given(changes)));
        }),
    }),
    attestOrganization: t.field({
      type: OrganizationResult,
      description: "A steward or administrator saw proof of the business; once, and not of one's own.",
      args: { organization: t.arg.id({ required: true }) },
      resolve: (_root, { organization }, context) =>
        outcome(context, async ({ person }) => {
          requireRole(context.principal, "steward", "admin");
          return payload(
            context,
            await acts.attestOrganization(context, person, keyNamed("Organization", organization)),
          );
        }),
    }),
    closeOrganization: t.field({
      type: OrganizationResult,
      description:
        "By its owner: requests are withdrawn, licences given back, keys end, members leave. Its record is kept.",
      args: { organization: t.arg.id({ required: true }), reason: t.arg.string({ required: true }) },
      resolve: (_root, { organization, reason }, context) =>
        outcome(context, async ({ person }) => {
          const key = keyNamed("Organization", organization);
          requireRight(context.principal, key, "own");
          refuseFaults(checkText("reason", reason, { max: 1_000, lines: true }));
          return payload(context, await acts.closeOrganization(context, person, key, reason));
        }),
    }),
  }));
}
