import type { LicenceAction } from "../../core/licence/machine.ts";
import { batch } from "../batch.ts";
import { query } from "../query.ts";

/** What proves a transition: its leaf commits to SHA-256(salt ‖ body). */
export type ProofRow = {
  licence: string;
  seq: number;
  action: LicenceAction;
  logIndex: number | null;
  salt: string;
  body: string;
};
export type RiskRow = { id: string; epsilonMicro: number | null; activeLicences: number; earlierRefusals: number };

const proofRows = query<ProofRow, [licences: readonly string[]]>(new URL("./proofs.sql", import.meta.url));
const riskRows = query<RiskRow, [licences: readonly string[]]>(new URL("./risks.sql", import.meta.url));

export const proofsOf = batch(async (context, ids) => {
  const rows = await proofRows(context, ids);
  return new Map(ids.map((id) => [id, rows.filter(({ licence }) => licence === id)]));
});
export const riskOf = batch(
  async (context, ids) => new Map((await riskRows(context, ids)).map((row) => [row.id, row])),
);
