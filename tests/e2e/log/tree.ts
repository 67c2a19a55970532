import { openCheckpoint } from "../../../core/log/checkpoint.ts";
import { parseVerifier } from "../../../core/log/note.ts";
import { hashLeaf, hashNode, hashRange, treeRange } from "../../../core/log/tree.ts";
import type { Pool } from "../../../runtime/postgres.ts";
import type { LogSigner } from "../../../workers/background/log-signer.ts";
import type { LogSigner as Key } from "../../../workers/keyring/log-signer.ts";

/** The log's key in this process, as the sequencer reaches it through the keyring's door. */
export const inProcess = (key: Key): LogSigner => ({
  read: async () => key.read(),
  open: async (origin) => key.open(origin),
  sign: async (head, proof) => key.sign(head, proof),
});

/** Leaves of licences, due at once. */
export async function addLeaves(hub: Pool, count: number): Promise<void> {
  await hub.query(
    `SELECT open.append_leaf('GRANT', jsonb_build_object('sha256', encode(sha256(gen_random_uuid()::text::bytea), 'hex')))
       FROM generate_series(1, $1)`,
    [count],
  );
}

export const checkpoints = async (hub: Pool) =>
  (
    await hub.query<{ size: number; root: Buffer; note: string; key: string }>(
      "SELECT size, root, note, verifier_key AS key FROM open.log_checkpoint ORDER BY id",
    )
  ).rows;

/**
 * Computes every signed tree from the entries alone, by the definition, and compares.
 * @returns the sizes that were signed
 * @throws Error at the first checkpoint that is not of these entries
 */
export async function checkHistory(hub: Pool): Promise<number[]> {
  const { rows } = await hub.query<{ position: number; entry: Buffer }>(
    "SELECT position, entry FROM open.log_entry ORDER BY position",
  );
  rows.forEach(({ position }, place) => {
    if (position !== place) throw new Error(`place ${place} is empty`);
  });
  const leaves = rows.map(({ entry }) => hashLeaf(entry));
  const hashOf = (level: number, index: number): Buffer =>
    level === 0 ? (leaves[index] as Buffer) : hashNode(hashOf(level - 1, 2 * index), hashOf(level - 1, 2 * index + 1));
  const signed = await checkpoints(hub);
  for (const { size, root, note, key } of signed) {
    const opened = openCheckpoint(note, parseVerifier(key));
    const computed = hashRange(treeRange(size), hashOf);
    if (opened.size !== size || !opened.root.equals(root) || !root.equals(computed)) {
      throw new Error(`the checkpoint of ${size} is not of these entries`);
    }
  }
  return signed.map(({ size }) => size);
}
