import { HubError } from "../core/errors.ts";
import type { Step, TimeWindow } from "../core/time.ts";
import type { Context } from "./context.ts";

/** What the hub knows of the licences of the one who asks; made for one request. */
export type Access = {
  /**
   * Called before values are read under a licence: keeps units of its quota for this request.
   * @throws HubError QUOTA_EXCEEDED, RATE_LIMITED, ACCESS_UNCONFIRMED
   */
  opened: (licence: string) => Promise<void>;
  /** Notes that values were answered under a licence: they are counted against its quota. */
  used: (licence: string, dataset: string, units: number) => void;
};

/** The access of someone who has no licences. */
export const NO_LICENCES: Access = { opened: async () => {}, used: () => {} };

/** What is asked of a dataset: `area` are slugs of zones, null all of its places; `period` null is its whole extent. */
export type AccessQuestion = {
  dataset: string;
  tier: string;
  area: readonly string[] | null;
  period: TimeWindow | null;
  step: Step | null;
};

/** What is answered: in which step, and under which licence the values count; `licence` null where none is needed. */
export type Granted = { step: Step | null; licence: string | null };

/**
 * Whether the one who asks may read these values. Every resolver and export asks here before it reads.
 * @throws HubError FORBIDDEN for a dataset that is not open to everyone
 */
export async function requireReadable(_context: Context, { tier, step }: AccessQuestion): Promise<Granted> {
  if (tier !== "OPEN") throw new HubError("FORBIDDEN", "The values of this dataset are not open to everyone.");
  return { step, licence: null };
}
