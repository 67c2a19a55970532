-- What did the log sign last?
-- Columns: size, the signed note, verifier key; no row before the first batch.
-- Plan: log_checkpoint_pkey backwards.
SELECT size, note, verifier_key AS "verifierKey" FROM open.published_checkpoint
