import { type Checkpoint, cosign, openCheckpoint, type TreeHead } from "./checkpoint.ts";
import { NoteFault, type Signer, type Verifier } from "./note.ts";
import { EMPTY_ROOT, type Hash, verifyConsistency } from "./tree.ts";

/** What a witness has seen of a log before it saw anything. */
export const NOTHING_SEEN: TreeHead = { size: 0, root: EMPTY_ROOT };

/**
 * What a witness does with a checkpoint (C2SP tlog-witness, add-checkpoint): it cosigns what continues the last one it
 * cosigned, and nothing else. The caller keeps the answer's head before it gives the line away.
 * @param last the head it cosigned last for this log
 * @param proof of consistency from that head to the checkpoint
 * @param time POSIX seconds
 * @throws NoteFault for a checkpoint that the log's key has not signed, or that does not continue the last
 */
export function witness(
  note: string,
  proof: readonly Hash[],
  last: TreeHead,
  log: Verifier,
  own: Signer,
  time: number,
): { readonly head: Checkpoint; readonly line: string } {
  const head = openCheckpoint(note, log);
  if (!verifyConsistency(last, head, proof))
    throw new NoteFault("the log does not continue what was cosigned: it was forked");
  return { head, line: cosign(note, own, time) };
}
