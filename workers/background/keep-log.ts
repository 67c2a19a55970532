import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { LogHalted, type LogSigner } from "./log-signer.ts";
import { sequence } from "./sequence.ts";

/**
 * Keeps the transparency log: a batch at every full multiple of `batchSeconds`, so that nothing but the batch shows when
 * a leaf was made.
 * @param onState told after each batch what is wrong, or null
 * @returns when the signal is aborted
 */
export async function keepLog(
  hub: Pool,
  signer: LogSigner,
  options: { origin: string; batchSeconds: number; log: Log; onState: (fault: string | null) => void },
  signal: AbortSignal,
): Promise<void> {
  const { batchSeconds, log, onState } = options;
  const pause = () => {
    const step = batchSeconds * 1000;
    // A moment after the instant: leaves that are due then are due by the database's clock, too.
    return sleep(step - (Date.now() % step) + Math.min(step / 4, 250), undefined, { signal }).catch(() => {});
  };
  for (await pause(); !signal.aborted; await pause()) {
    try {
      const { size, signed } = await sequence(hub, signer, options);
      if (signed) log.info({ event: "log.signed", size });
      onState(null);
    } catch (err) {
      const isHalted = err instanceof LogHalted;
      if (isHalted) log.error({ event: "log.halted", err });
      else log.warn({ event: "log.failed", err });
      onState(isHalted ? `The transparency log is not signed: ${err.message} (docs/log.md).` : null);
    }
  }
}

/** The origin of a hub's log: its address without the scheme, and `/log` (C2SP tlog-tiles). */
export function originOf(hubUrl: string): string {
  const { host, pathname } = new URL(hubUrl);
  return `${host}${pathname.replace(/\/+$/, "")}/log`;
}
