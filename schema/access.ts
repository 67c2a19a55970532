import { HubError } from "../core/errors.ts";

/**
 * Whether the public may read the values of a dataset. Every resolver and export asks here before it reads.
 * @throws HubError FORBIDDEN for a dataset that is not open to everyone
 */
export function requireReadable(dataset: { tier: string }): void {
  if (dataset.tier !== "OPEN") throw new HubError("FORBIDDEN", "The values of this dataset are not open to everyone.");
}
