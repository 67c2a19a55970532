-- What the ingest made of the batches of a backfill.
--   $1 backfill
--   accepted, rejected and repeated readings; batches that wait; readings of batches that were quarantined whole
SELECT coalesce(sum(accepted) FILTER (WHERE state = 'DONE'), 0) AS accepted,
       coalesce(sum(rejected) FILTER (WHERE state = 'DONE'), 0) AS rejected,
       coalesce(sum(repeated) FILTER (WHERE state = 'DONE'), 0) AS repeated,
       count(*) FILTER (WHERE state = 'PENDING') AS pending,
       coalesce(sum(readings) FILTER (WHERE state = 'QUARANTINED'), 0) AS quarantined
  FROM edge.batch WHERE backfill = $1
