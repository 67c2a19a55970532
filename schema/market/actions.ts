import type { Principal } from "../../core/licence/principal.ts";
import type { LicenceAction } from "./enums.ts";
import type { LicenceRow } from "./rows.ts";

/** What a caller can do with a licence as it stands. */
export function allowedActions(_licence: LicenceRow, _principal: Principal): LicenceAction[] {
  return [];
}
