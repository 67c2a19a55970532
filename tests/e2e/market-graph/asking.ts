// How the tests of the market ask: documents, and answers by their plain shape.
import type { Account, Door } from "./door.ts";

/** Where is asked: a door of the test's own, or the running hub. */
export type Address = Pick<Door, "url">;

export type Json = Record<string, unknown>;
export type Refused = {
  code: string;
  message: { ko: string; en: string };
  fields: { field: string; rule: { ko: string; en: string }; fix: { ko: string; en: string } }[];
};
export type Licence = {
  id: string;
  number: number;
  state: string;
  seq: number;
  allowedActions: string[];
  granted: { quota: number; step: string | null; area: string[] | null } | null;
  conditions: string | null;
  priceMinor: number | null;
  events: { seq: number; action: string; from: string | null; to: string; actor: { name: string } | null }[];
  messages: { body: string; fromSteward: boolean }[];
};
export type Answer = { status: number; text: string; type: string; data: Json | null; errors: GraphError[] };
type GraphError = { message: string; path?: string[]; extensions: { code: string } };

export const REFUSED = "... on Refused { code message { ko en } fields { field rule { ko en } fix { ko en } } }";
export const LICENCE = `id number state seq allowedActions granted { quota step area } conditions priceMinor
  events { seq action from to actor { name } } messages { body fromSteward }`;
const IN_LICENCE = `... on LicencePayload { licence { ${LICENCE} } } ${REFUSED}`;

/** One question, as whoever it is (null: nobody). */
export async function ask(
  door: Address,
  who: Account | string | null,
  query: string,
  variables: Json = {},
): Promise<Answer> {
  const bearer = who === null || typeof who === "string" ? who : who.bearer;
  const response = await fetch(`${door.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(bearer !== null && { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const body = JSON.parse(text) as { data?: Json | null; errors?: GraphError[] };
  return {
    status: response.status,
    text,
    type: response.headers.get("content-type") ?? "",
    data: body.data ?? null,
    errors: body.errors ?? [],
  };
}

/** The one field of a question that must be answered. */
export async function get<T>(
  door: Address,
  who: Account | string | null,
  query: string,
  variables: Json = {},
): Promise<T> {
  const { data, errors, text } = await ask(door, who, query, variables);
  if (errors.length > 0 || data === null) throw new Error(text.slice(0, 1_000));
  const [value] = Object.values(data);
  return value as T;
}

/** The payload of a mutation that must succeed. @throws what it was refused for */
export async function done<T>(door: Address, who: Account, query: string, variables: Json = {}): Promise<T> {
  const answer = await get<T & Partial<Refused>>(door, who, query, variables);
  if (answer.code !== undefined) throw new Error(JSON.stringify(answer));
  return answer;
}

/** The refusal of a mutation that must not succeed. */
export async function refused(door: Address, who: Account, query: string, variables: Json = {}): Promise<Refused> {
  const answer = await get<Refused>(door, who, query, variables);
  if (answer.code === undefined) throw new Error(`it was done: ${JSON.stringify(answer)}`);
  return answer;
}

const ORGANIZATION = `... on OrganizationPayload { organization { id slug myRole } } ${REFUSED}`;

export const CREATE = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { ${ORGANIZATION} } }`;
export const REQUEST = `mutation ($input: RequestLicenceInput!) { requestLicence(input: $input) { ${IN_LICENCE} } }`;
export const ACT = `mutation ($input: ActOnLicenceInput!) { actOnLicence(input: $input) { ${IN_LICENCE} } }`;
export const SANDBOX = `mutation ($organization: ID!, $name: String!) { createSandboxKey(organization: $organization, name: $name) {
  ... on KeyPayload { secret key { id start } } ${REFUSED} } }`;
export const KEY = `mutation ($input: CreateKeyInput!) { createKey(input: $input) { ... on KeyPayload { secret key { id start scopes ipAllow } } ${REFUSED} } }`;
export const ROTATE = `mutation ($key: ID!, $hours: Int!) { rotateKey(key: $key, overlapHours: $hours) { ... on KeyPayload { secret key { id } } ${REFUSED} } }`;
export const REVOKE_KEY = `mutation ($key: ID!) { revokeKey(key: $key) { ... on KeyPayload { secret key { id revokedAt } } ${REFUSED} } }`;
export const MESSAGE = `mutation ($licence: ID!, $body: String!) { writeMessage(licence: $licence, body: $body) { ... on MessagePayload { message { id body fromSteward } } ${REFUSED} } }`;
export const INVITE = `mutation ($organization: ID!, $email: String!, $role: MemberRole!) { invite(organization: $organization, email: $email, role: $role) {
  ... on InvitePayload { token invitation { id state role expiresAt } } ${REFUSED} } }`;
export const ACCEPT = `mutation ($token: String, $invitation: ID) { acceptInvitation(token: $token, invitation: $invitation) { ${ORGANIZATION} } }`;
/** An act on members: `changeRole`, `removeMember`, `transferOwnership`, by name. */
export const onMember = (name: string, more = "") =>
  `mutation ($organization: ID!, $person: ID!) { ${name}(organization: $organization, person: $person${more}) { ${ORGANIZATION} } }`;
/** An act on an organisation alone, by name. */
export const onOrganization = (name: string, more = "") =>
  `mutation ($organization: ID!) { ${name}(organization: $organization${more}) { ${ORGANIZATION} } }`;

/** Makes an organisation; answers its id. */
export async function organization(door: Address, owner: Account, wish = "bakery"): Promise<string> {
  const input = { nameKo: "빵집", nameEn: "Bakery", slug: wish, stage: "STARTUP" };
  return (await done<{ organization: { id: string } }>(door, owner, CREATE, { input })).organization.id;
}

/** Brings somebody into an organisation by invitation. */
export async function join(
  door: Address,
  owner: Account,
  organizationId: string,
  who: Account,
  role: string,
): Promise<void> {
  const variables = { organization: organizationId, email: who.email, role };
  const { token } = await done<{ token: string }>(door, owner, INVITE, variables);
  await done(door, who, ACCEPT, { token });
}

export const personId = async (door: Address, who: Account): Promise<string> =>
  (await get<{ person: { id: string } }>(door, who, "{ viewer { person { id } } }")).person.id;

/** A step of a licence that must succeed; answers the licence after it. */
export const act = async (
  door: Address,
  who: Account,
  licence: Pick<Licence, "id" | "seq">,
  action: string,
  more: Json = {},
) =>
  (
    await done<{ licence: Licence }>(door, who, ACT, {
      input: { licence: licence.id, seq: licence.seq, action, ...more },
    })
  ).licence;
