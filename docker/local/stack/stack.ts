import type { Child, ChildEvent } from "../child.ts";
import type { Progress } from "../progress.ts";
import type { Secrets } from "../secrets.ts";
import type { Settings, StoreAddresses } from "../settings.ts";
import { composeAnswers, openDocker } from "./docker.ts";
import { openExternal } from "./external.ts";
import { openLocal } from "./local.ts";

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

/** Which way the stores are run on this machine. */
export async function stackKind(settings: Settings): Promise<Stack["kind"]> {
  if (settings.external !== null) return "external";
  return (await composeAnswers()) ? "docker" : "local";
}

/**
 * Brings the four stores up and waits until each answers.
 * @throws Refusal when that is not possible here; nothing that was begun is left then
 */
export function openStack(kind: Stack["kind"], options: StackOptions): Promise<Stack> {
  if (kind === "external") return openExternal(options);
  return kind === "docker" ? openDocker(options) : openLocal(options);
}
