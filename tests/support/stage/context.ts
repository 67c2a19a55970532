import { createLog } from "../../../runtime/log.ts";
import { createPool } from "../../../runtime/postgres.ts";
import { openCatalogue } from "../../../workers/release/catalogue.ts";
import type { Context } from "../../../workers/release/context.ts";
import { armCrash, type CrashPoint } from "../../../workers/release/crash.ts";
import type { DestroyKey } from "../../../workers/release/keyring.ts";

/**
 * The release worker's own parts on a stage, with the rights of its role.
 * @param addresses of both databases as role `madang_release`
 */
export function openContext(
  addresses: { hub: string; edge: string },
  options: { destroyKey?: DestroyKey; crashAt?: CrashPoint | undefined; log?: string } = {},
): Context & { close(): Promise<void> } {
  const hub = createPool(addresses.hub, { name: "release", max: 6 });
  const edge = createPool(addresses.edge, { name: "release", max: 10 });
  return {
    hub,
    edge,
    catalogue: openCatalogue(hub),
    destroyKey: options.destroyKey ?? (async () => {}),
    crash: armCrash(options.crashAt),
    log: createLog("release", options.log ?? "silent"),
    close: async () => void (await Promise.all([hub.end(), edge.end()])),
  };
}
