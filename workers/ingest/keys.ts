import { randomUUID } from "node:crypto";
import { HubError } from "../../core/errors.ts";
import { importDayKey, pseudonymiser } from "../../core/privacy/pseudonym.ts";
import type { Log } from "../../runtime/log.ts";
import { callLocal } from "../../runtime/unix-http.ts";

export type Pseudonymise = (kind: string, id: string) => Buffer;
export type PopulationDay = { population: number; day: string };

type Lease = PopulationDay & { pseudonymise: Promise<Pseudonymise>; until: number };
type Opened = { secrets: (Buffer | null)[]; publicKey: Buffer };

const RENEW_MS = 1_000;
const name = ({ population, day }: PopulationDay): string => `${population}.${day}`;

export type Keys = ReturnType<typeof createKeys>;

/**
 * What an ingest worker has from the keyring: shared secrets one batch at a time, and hash keys of days on lease, held
 * in memory only. A key that was destroyed is wiped within a second and the wipe confirmed; without an answer, when its
 * lease ends.
 * @throws from its functions: HubError KEY_DESTROYED, DAY_NOT_OPEN, SEAL_INVALID, KEYRING_UNAVAILABLE
 */
export function createKeys(socketPath: string, log: Log, clock: () => number = Date.now) {
  const worker = randomUUID();
  const leases = new Map<string, Lease>();

  async function ask<T>(path: string, body: unknown): Promise<T> {
    const answer = await callLocal(socketPath, "POST", path, body, 5_000).catch((cause: unknown) => {
      throw new HubError("KEYRING_UNAVAILABLE", undefined, { cause });
    });
    if (answer.status === 200) return answer.body as T;
    const { code } = answer.body as { code?: string };
    if (code === "KEY_DESTROYED" || code === "DAY_NOT_OPEN" || code === "SEAL_INVALID") throw new HubError(code);
    throw new HubError("KEYRING_UNAVAILABLE");
  }

  async function lend(of: PopulationDay, controller: string, lease: { until: number }, backfill: boolean) {
    const asked = clock();
    const answer = await ask<{ key: string; leaseSeconds: number }>("/hash-key", { ...of, worker, backfill });
    lease.until = asked + answer.leaseSeconds * 1000;
    const bytes = Buffer.from(answer.key, "base64");
    const key = importDayKey(bytes);
    bytes.fill(0);
    return pseudonymiser(key, { population: String(of.population), controller, day: of.day });
  }

  async function renew(): Promise<void> {
    const now = clock();
    for (const [key, lease] of leases) if (lease.until <= now) leases.delete(key);
    if (leases.size === 0) return;
    const days = [...leases.values()].map(({ population, day }) => ({ population, day }));
    const { destroyed, leaseSeconds } = await ask<{ destroyed: PopulationDay[]; leaseSeconds: number }>("/renew", {
      worker,
      days,
    });
    for (const of of destroyed) leases.delete(name(of));
    for (const of of days) {
      const lease = leases.get(name(of));
      if (lease !== undefined) lease.until = now + leaseSeconds * 1000;
    }
    for (const of of destroyed) await ask("/erased", { ...of, worker });
  }

  const timer = setInterval(() => {
    renew().catch((err: unknown) => log.debug({ event: "ingest.lease_not_renewed", err }));
  }, RENEW_MS);
  timer.unref();

  return {
    /** The shared secret of each sealed batch of a day, null for one that cannot be opened. */
    async decapsulate(of: PopulationDay, encs: readonly Buffer[]): Promise<Opened> {
      const { sharedSecrets, publicKey } = await ask<{ sharedSecrets: (string | null)[]; publicKey: string }>(
        "/decapsulate",
        { population: of.population, day: of.day, encs: encs.map((enc) => enc.toString("base64")) },
      );
      return {
        secrets: sharedSecrets.map((secret) => (secret === null ? null : Buffer.from(secret, "base64"))),
        publicKey: Buffer.from(publicKey, "base64"),
      };
    },

    /** The hash of a population and day. */
    pseudonymise(of: PopulationDay, controller: string, backfill: boolean): Promise<Pseudonymise> {
      const held = leases.get(name(of));
      if (held !== undefined && held.until > clock()) return held.pseudonymise;
      const entry = { ...of, until: Number.POSITIVE_INFINITY };
      const lease: Lease = Object.assign(entry, { pseudonymise: lend(of, controller, entry, backfill) });
      leases.set(name(of), lease);
      lease.pseudonymise.catch(() => leases.delete(name(of)));
      return lease.pseudonymise;
    },

    close(): void {
      clearInterval(timer);
      leases.clear();
    },
  };
}
