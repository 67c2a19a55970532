import { HubError } from "../core/errors.ts";

/** Types whose ids cross subgraphs or stand in lists. */
export type Named =
  | "ApiKey"
  | "City"
  | "Dataset"
  | "Incident"
  | "Invitation"
  | "Licence"
  | "Message"
  | "Offer"
  | "Organization"
  | "Outage"
  | "Person"
  | "Release"
  | "Zone";

/** An id as the public sees it: opaque, and telling types apart. */
export const opaqueId = (type: Named, key: string): string => Buffer.from(`${type}:${key}`).toString("base64url");

/**
 * The key behind an opaque id.
 * @throws HubError NOT_FOUND when it is not an id of that type
 */
export function keyOf(type: Named, id: unknown): string {
  const text = typeof id === "string" ? Buffer.from(id, "base64url").toString("utf8") : "";
  if (text.startsWith(`${type}:`)) return text.slice(type.length + 1);
  throw new HubError("NOT_FOUND", "This is not an id of that kind.", { field: "id" });
}
