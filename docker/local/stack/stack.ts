import type { Settings } from "../settings.ts";
import { composeAnswers, openDocker } from "./docker.ts";
import { openExternal } from "./external.ts";
import { openLocal } from "./local.ts";
import type { Stack, StackOptions } from "./types.ts";

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
