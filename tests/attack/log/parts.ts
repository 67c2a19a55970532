import type * as checkpoint from "../../../core/log/checkpoint.ts";
import type * as note from "../../../core/log/note.ts";
import type * as proof from "../../../core/log/proof.ts";
import type * as tree from "../../../core/log/tree.ts";
import type * as witness from "../../../core/log/witness.ts";
import { type Imports, type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";
import type * as signer from "../../../workers/keyring/log-signer.ts";

/** What readers, witnesses and the log's key believe by. */
export type Parts = {
  readonly note: typeof note;
  readonly tree: typeof tree;
  readonly checkpoint: typeof checkpoint;
  readonly proof: typeof proof;
  readonly witness: typeof witness;
  readonly signer: typeof signer;
};
type Name = keyof Parts;

const ROOT = new URL("../../../", import.meta.url);
const FILES: Readonly<Record<Name, string>> = {
  note: "core/log/note.ts",
  tree: "core/log/tree.ts",
  checkpoint: "core/log/checkpoint.ts",
  proof: "core/log/proof.ts",
  witness: "core/log/witness.ts",
  signer: "workers/keyring/log-signer.ts",
};

export type Fault = Mutant & { readonly of: Name };

export const FAULTS: readonly Fault[] = [
  {
    name: "signatures are not checked",
    of: "note",
    from: "return verify(null, message, key, signature);",
    to: "return key !== undefined || verify(null, message, key, signature);",
  },
  {
    name: "base64 is read in more than one spelling",
    of: "note",
    from: 'return bytes.toString("base64") === text ? bytes : null;',
    to: "return bytes;",
  },
  {
    name: "a checkpoint of another log is taken",
    of: "checkpoint",
    from: "if (checkpoint.origin !== log.name)",
    to: "if (false)",
  },
  {
    name: "the root of an inclusion proof is not compared",
    of: "tree",
    from: "return last === 0 && hash.equals(root);",
    to: "return last === 0;",
  },
  {
    name: "the old root of a consistency proof is not compared",
    of: "tree",
    from: "last === 0 && old.equals(first.root) && now.equals(second.root)",
    to: "last === 0 && now.equals(second.root)",
  },
  {
    name: "the new root of a consistency proof is not compared",
    of: "tree",
    from: "last === 0 && old.equals(first.root) && now.equals(second.root)",
    to: "last === 0 && old.equals(first.root)",
  },
  {
    name: "two trees of one size are taken for the same",
    of: "tree",
    from: "return proof.length === 0 && first.root.equals(second.root);",
    to: "return proof.length === 0;",
  },
  {
    name: "the key signs without a consistency proof",
    of: "signer",
    from: "if (!verifyConsistency(log.head, head, proof))",
    to: "if (false)",
  },
  {
    name: "the key forgets what it signed when it is started again",
    of: "signer",
    from: 'renameSync(at("head.new"), at("head.json"));',
    to: "",
  },
];

/** The modules as they are, or with one fault; every module imports the others' copies. */
export async function partsWith(fault: Fault | null): Promise<Parts> {
  const loaded: Partial<Record<Name, unknown>> = {};
  for (const name of ["note", "tree", "checkpoint", "proof", "witness", "signer"] as const) {
    const file = new URL(FILES[name], ROOT);
    const imports: Record<string, unknown> = {};
    for (const [other, module] of Object.entries(loaded)) {
      imports[name === "signer" ? `../../core/log/${other}.ts` : `./${other}.ts`] = module;
    }
    loaded[name] = fault?.of === name ? await mutate(file, fault, imports as Imports) : await relink(file, imports);
  }
  return loaded as Parts;
}
