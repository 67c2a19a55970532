-- Why the ingest refused readings of a backfill.
--   $1 backfill
SELECT q.reason, count(*) AS readings
  FROM edge.quarantine q JOIN edge.batch b ON b.id = q.batch
 WHERE b.backfill = $1 AND b.state = 'DONE' GROUP BY q.reason
