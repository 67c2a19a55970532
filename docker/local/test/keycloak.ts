import { join } from "node:path";
import { ensureKeycloak } from "../../keycloak/distribution.ts";
import { ensureDemoAccounts } from "../demo-accounts.ts";
import { prepareHome } from "../home.ts";
import { portPlan } from "../ports.ts";
import { processLines } from "../processes.ts";
import type { Progress } from "../progress.ts";
import { Refusal } from "../refusal.ts";
import { ensureSecrets } from "../secrets.ts";
import type { Settings } from "../settings.ts";
import { prepareHub } from "../start-processes.ts";
import { readState } from "../state.ts";

/** A second front door over the same stores whose sign-in is Keycloak's, or why it cannot be had. */
export type KeycloakFront = { environment: Record<string, string>; stop(): Promise<void> };

const PORTS_AFTER = 100;
const LINES = ["keycloak", "front"];

/** Files that need it have its name in theirs. */
export const needsKeycloak = (files: readonly string[]): boolean => files.some((file) => file.includes("keycloak"));

/**
 * Starts Keycloak and a front door that leads to it, beside the hub of `settings`.
 * @returns variables for the tests: KEYCLOAK_URL (front), KEYCLOAK_HOME (demo accounts), KEYCLOAK_ADMIN_URL; or KEYCLOAK_MISSING
 *   with the reason when this machine cannot have Keycloak
 * @throws Refusal when it is there and does not start
 */
export async function startKeycloakFront(
  hub: Settings,
  progress: Progress,
  signal: AbortSignal,
): Promise<KeycloakFront> {
  try {
    await ensureKeycloak(hub, progress, signal);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { environment: { KEYCLOAK_MISSING: error.message }, stop: async () => {} };
  }
  const stores = readState(hub.home)?.stores;
  if (!stores) throw new Refusal("The hub ended before Keycloak was started beside it.");
  const settings: Settings = {
    ...hub,
    home: join(hub.home, "kc"),
    ports: portPlan(hub.ports.front + PORTS_AFTER),
    identity: "keycloak",
    openid: null,
    subgraphs: null,
  };
  prepareHome(settings.home);
  ensureDemoAccounts(settings.home);
  const lines = processLines(settings, false)
    .filter(({ name }) => LINES.includes(name))
    .map((line) => ({ ...line, needs: [] }));
  const secrets = ensureSecrets(hub.home);
  const running = prepareHub(lines, { settings, stores, secrets, progress, signal, onChild: () => {} });
  try {
    await running.start();
  } catch (error) {
    await running.stop();
    throw error;
  }
  return {
    environment: {
      KEYCLOAK_URL: `http://127.0.0.1:${settings.ports.front}`,
      KEYCLOAK_HOME: settings.home,
      KEYCLOAK_ADMIN_URL: `http://127.0.0.1:${settings.ports.identity}`,
    },
    stop: () => running.stop(),
  };
}
