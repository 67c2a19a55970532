import type { TreeHead } from "../../core/log/checkpoint.ts";
import { consistencyRanges, type Hash, treeRange } from "../../core/log/tree.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { hashesOf } from "../../schema/trust/tree.ts";
import { LogHalted, type LogSigner, type LogState } from "./log-signer.ts";

/** Leaves that get their places in one transaction. */
const AT_ONCE = 2_000;

export type Sequenced = {
  /** entries in the signed tree */
  readonly size: number;
  /** whether a new checkpoint was signed */
  readonly signed: boolean;
};

/**
 * Gives places to the leaves that are due and signs the tree. It may be ended at any instant: what was begun is finished
 * by the next run, and what was signed before stands.
 * @param options.origin of a log that has none yet: the hub's address without its scheme, and `/log`
 * @param options.batchSeconds leaves due up to the last multiple of it get places
 * @throws LogHalted when the database does not hold the tree that was signed last: an older backup was restored, or
 *   somebody has changed it (docs/log.md)
 */
export async function sequence(
  hub: Pool,
  signer: LogSigner,
  { origin, batchSeconds }: { origin: string; batchSeconds: number },
): Promise<Sequenced> {
  const log = await stateOf(hub, signer, origin);
  let size = await sizeOf(hub);
  // Before anything is added: a history that lacks what was signed is not continued.
  if (size < log.size) throw new LogHalted(`the database holds ${size} entries of ${log.size} that were signed`);
  const [signedRoot] = await hashesOf(hub, [treeRange(log.size)], log.size);
  if (!signedRoot?.equals(log.root))
    throw new LogHalted(`the database holds other entries than the ${log.size} signed`);
  for (;;) {
    const { rows } = await hub.query<{ size: number }>("SELECT open.sequence_leaves($1, $2, $3) AS size", [
      size,
      batchSeconds,
      AT_ONCE,
    ]);
    const grown = rows[0]?.size ?? size;
    if (grown === size) break;
    size = grown;
  }
  const stored = await hub.query("SELECT FROM open.log_checkpoint WHERE origin = $1 AND size = $2", [log.origin, size]);
  if (size === log.size && stored.rowCount === 1) return { size, signed: false };
  const [root, ...proof] = await hashesOf(hub, [treeRange(size), ...consistencyRanges(log.size, size)], size);
  await store(hub, signer, log, { size, root: root as Hash }, proof);
  return { size, signed: true };
}

async function store(hub: Pool, signer: LogSigner, log: LogState, head: TreeHead, proof: readonly Hash[]) {
  const answer = await signer.sign(head, proof);
  if ("refused" in answer)
    throw new LogHalted(`the tree of ${head.size} does not continue the ${answer.refused.size} signed`);
  await hub.query("SELECT open.store_checkpoint($1, $2, $3, $4, $5)", [
    log.origin,
    log.verifierKey,
    head.size,
    head.root,
    answer.note,
  ]);
}

/** @throws LogHalted when there are checkpoints and the key that signed them is gone */
async function stateOf(hub: Pool, signer: LogSigner, origin: string): Promise<LogState> {
  const log = await signer.read();
  if (log !== null) return log;
  const { rowCount } = await hub.query("SELECT FROM open.log_checkpoint LIMIT 1");
  if (rowCount !== 0) throw new LogHalted("the key that signed the log is gone");
  return signer.open(origin);
}

async function sizeOf(hub: Pool): Promise<number> {
  const { rows } = await hub.query<{ size: number }>(
    "SELECT coalesce(max(position), -1) + 1 AS size FROM open.log_entry",
  );
  return rows[0]?.size ?? 0;
}
