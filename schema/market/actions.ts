import { actionsOf, type LicenceAction } from "../../core/licence/machine.ts";
import type { Principal } from "../../core/licence/principal.ts";
import { isMember, mayAs, mayDecide } from "./rights.ts";
import type { LicenceRow } from "./rows.ts";

/** Steps that bind the organisation: price and conditions, giving the licence back. */
export const COMMITTING: readonly LicenceAction[] = ["ACTIVATE", "SURRENDER"];
/** Steps that decide a request. */
const DECIDING: readonly LicenceAction[] = ["APPROVE", "REFUSE"];

/**
 * What a caller can do with a licence as it stands. Members act for their organisation, stewards for the hub; nobody decides
 * for an organisation of their own, on their own request, twice on what needs two people, or on an appeal against themselves.
 * The database holds the same rules; this tells them beforehand.
 */
export function allowedActions(licence: LicenceRow, principal: Principal): LicenceAction[] {
  const { state, organization, appealed, requestedBy, firstApprover, refusedBy } = licence;
  if (principal.kind !== "PERSON") return [];
  if (isMember(principal, organization)) {
    if (!mayAs(principal, organization, "develop")) return [];
    const may = mayAs(principal, organization, "commit");
    return actionsOf(state, "APPLICANT", appealed).filter((action) => may || !COMMITTING.includes(action));
  }
  if (!mayDecide(principal, organization) || principal.person === requestedBy) return [];
  return actionsOf(state, "STEWARD", appealed).filter((action) => {
    if (action === "APPROVE" && firstApprover === principal.person) return false;
    return !(DECIDING.includes(action) && (refusedBy ?? []).includes(principal.person));
  });
}
