import type { Child, ChildEvent } from "../child.ts";
import type { Progress } from "../progress.ts";
import type { Secrets } from "../secrets.ts";
import type { Settings, StoreAddresses } from "../settings.ts";

/** The four stores of a hub, wherever they run. */
export type Stack = {
  kind: "external" | "docker" | "local";
  /** With the administrator's credentials. */
  addresses: StoreAddresses;
  /** The stores that are children of the supervisor (the local stack's). */
  children: readonly Child[];
  /** Ends what was started, in order; what was not started here stays. */
  stop(): Promise<void>;
};

export type StackOptions = {
  settings: Settings;
  secrets: Secrets;
  progress: Progress;
  signal: AbortSignal;
  onChild: (name: string, event: ChildEvent) => void;
};
