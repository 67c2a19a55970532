import { parseVerifier } from "../../core/log/note.ts";
import { formatProof, verifyProof } from "../../core/log/proof.ts";
import { inclusionRanges } from "../../core/log/tree.ts";
import { mayReadWhole } from "../access.ts";
import type { Builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { keyBehind } from "../market/identify.ts";
import { visibleLicence } from "../market/licences.ts";
import { query } from "../query.ts";
import { hashesOf } from "./tree.ts";

type LoggedRow = { size: number; note: string; verifierKey: string } & (
  | { index: number; entry: string; hash: string }
  | { index: null; entry: null; hash: null }
);
/** What opens a commitment; null where the leaf speaks for itself. */
type Opening = { salt: string; body: string } | null;
type Verification = {
  opening: Opening;
  logged: { index: number; entry: string; hash: string; note: string; proof: string } | null;
};

const loggedRow = query<LoggedRow, [leaf: number]>(new URL("./logged.sql", import.meta.url));
type ReleaseLeafRow = {
  leaf: number;
  dataset: string;
  from: number;
  to: number;
  salt: string | null;
  body: string | null;
};
const releaseLeaf = query<ReleaseLeafRow, [slot: string]>(new URL("./release-leaf.sql", import.meta.url));
const eventLeaf = query<{ leaf: number; salt: string; body: string }, [licence: string, seq: number]>(
  new URL("./event-leaf.sql", import.meta.url),
);

/**
 * The proof of a leaf, for whoever has the log's verifier key and nothing else. Its extra line holds the entry, and what
 * opens it.
 * @throws NoteFault when the hub's own proof does not hold
 */
async function verify(context: Context, leaf: number, opening: Opening): Promise<Verification> {
  const [row] = await loggedRow(context, leaf);
  if (row === undefined || row.index === null) return { opening, logged: null };
  const { index, entry, hash, size, note } = row;
  const proof = formatProof({
    extra: Buffer.from(JSON.stringify({ entry, ...opening })),
    index,
    path: await hashesOf(context.hub, inclusionRanges(index, size), size),
    checkpoint: note,
  });
  // Nobody is given a proof that does not hold.
  verifyProof(proof, Buffer.from(entry), parseVerifier(row.verifierKey));
  return { opening, logged: { index, entry, hash, note, proof } };
}

/** What opens the leaf of a release that is not open to everyone: for those who may read its values. */
async function openingOf(context: Context, { dataset, from, to, salt, body }: ReleaseLeafRow): Promise<Opening> {
  if (salt === null || body === null) return null;
  return (await mayReadWhole(context, dataset, { from, to })) ? { salt, body } : null;
}

/** Whether what was published or decided stands in the transparency log, with the proof of it. */
export function addVerification(builder: Builder): void {
  const State = builder.enumType("LogState", {
    description: "Whether a signed tree holds it.",
    values: {
      PENDING: { description: "It waits for the next batch; ask again in a minute." },
      LOGGED: { description: "It stands in the log, and the proof shows it." },
    },
  });
  const VerificationType = builder.objectRef<Verification>("LogVerification").implement({
    description:
      "The place of one thing in the transparency log. docs/log.md says how to check it without trusting the hub.",
    fields: (t) => ({
      state: t.field({ type: State, resolve: ({ logged }) => (logged === null ? "PENDING" : "LOGGED") }),
      index: t.field({
        type: "BigInt",
        nullable: true,
        description: "Its place in the log, from 0.",
        resolve: ({ logged }) => logged?.index ?? null,
      }),
      leaf: t.string({
        nullable: true,
        description: "The entry as it was hashed: JSON {kind, leaf}; of a licence a commitment alone.",
        resolve: ({ logged }) => logged?.entry ?? null,
      }),
      leafHash: t.string({
        nullable: true,
        description: "SHA-256 of a zero byte and the entry (RFC 6962), hexadecimal.",
        resolve: ({ logged }) => logged?.hash ?? null,
      }),
      salt: t.string({
        nullable: true,
        description: "Hexadecimal; SHA-256 of its bytes and the body's is the commitment.",
        resolve: ({ opening }) => opening?.salt ?? null,
      }),
      body: t.string({
        nullable: true,
        description: "What the commitment is to, for those who may see the licence, or read the values.",
        resolve: ({ opening }) => opening?.body ?? null,
      }),
      checkpoint: t.string({
        nullable: true,
        description: "The newest signed checkpoint (C2SP tlog-checkpoint).",
        resolve: ({ logged }) => logged?.note ?? null,
      }),
      proof: t.string({
        nullable: true,
        description:
          "C2SP tlog-proof: keep it as a file and check it with examples/verify-log.py. Whoever gets it can read what its extra line opens.",
        resolve: ({ logged }) => logged?.proof ?? null,
      }),
    }),
  });

  builder.queryFields((t) => ({
    verifyRelease: t.field({
      type: VerificationType,
      nullable: true,
      description: "Proves a published release; null for one that there is not.",
      args: { id: t.arg.id({ required: true }) },
      resolve: async (_root, { id }, context) => {
        const slot = keyBehind("Release", id);
        const [row] = slot === null ? [] : await releaseLeaf(context, slot);
        return row === undefined ? null : verify(context, row.leaf, await openingOf(context, row));
      },
    }),
    verifyLicenceEvent: t.field({
      type: VerificationType,
      nullable: true,
      description:
        "Proves a decision on a licence to its organisation's members and those who check the market; null for anybody else, " +
        "and for a transition that the log does not tell.",
      args: { licence: t.arg.id({ required: true }), seq: t.arg.int({ required: true }) },
      resolve: async (_root, { licence: id, seq }, context) => {
        const licence = await visibleLicence(context, id);
        const [row] = licence === null ? [] : await eventLeaf(context, licence.id, seq);
        return row === undefined ? null : verify(context, row.leaf, { salt: row.salt, body: row.body });
      },
    }),
  }));
}
