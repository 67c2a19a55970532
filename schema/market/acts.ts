import type { Context } from "../context.ts";
import { query } from "../query.ts";

/** An act of a person: one function of schema `market`, which writes the audit trail with it and answers an id. */
const act = <Parameters extends readonly unknown[]>(name: string) => {
  const run = query<{ id: string | null }, Parameters>(new URL(`./acts/${name}.sql`, import.meta.url));
  return async (context: Context, ...values: Parameters): Promise<string> => {
    const [row] = await run(context, ...values);
    if (row?.id == null) throw new Error(`${name} answers an id`);
    return row.id;
  };
};

const invitationOf = query<{ id: string | null }, [hash: Buffer]>(
  new URL("./acts/find-invitation.sql", import.meta.url),
);
export const findInvitation = async (context: Context, hash: Buffer): Promise<string | null> =>
  (await invitationOf(context, hash))[0]?.id ?? null;

type Actor = [actor: string];
export const createOrganization = act<[...Actor, organization: string]>("create-organization");
export const updateOrganization = act<[...Actor, organization: string, changes: string]>("update-organization");
export const attestOrganization = act<[...Actor, organization: string]>("attest-organization");
export const closeOrganization = act<[...Actor, organization: string, reason: string]>("close-organization");
export const invite =
  act<[...Actor, organization: string, email: string, role: string, hash: Buffer, expiresAt: string]>("invite");
export const acceptInvitation = act<[...Actor, invitation: string]>("accept-invitation");
export const withdrawInvitation = act<[...Actor, invitation: string]>("withdraw-invitation");
export const changeRole = act<[...Actor, organization: string, person: string, role: string]>("change-role");
export const removeMember = act<[...Actor, organization: string, person: string]>("remove-member");
export const transferOwnership = act<[...Actor, organization: string, person: string]>("transfer-ownership");
export const writeMessage = act<[...Actor, licence: string, body: string]>("write-message");
export const erasePerson = act<Actor>("erase-person");
export const requestLicence = act<[asked: string]>("request-licence");
export const actOn =
  act<[licence: string, seq: number, action: string, ...Actor, reason: string | null, detail: string]>("act");
export const createKey =
  act<
    [
      ...Actor,
      organization: string,
      licence: string | null,
      name: string,
      lookup: string,
      hash: Buffer,
      scopes: readonly string[],
      expiresAt: string | null,
      networks: readonly string[],
    ]
  >("create-key");
export const rotateKey = act<[...Actor, key: string, lookup: string, hash: Buffer, hours: number]>("rotate-key");
export const revokeKey = act<[...Actor, key: string, reason: string | null, byOffice: boolean]>("revoke-key");
