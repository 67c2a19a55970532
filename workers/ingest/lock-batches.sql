-- Locks the batches of a group that are still to be done; one that another worker has is left out.
-- Parameters: $1 uuid[]. Columns: id.
SELECT id FROM edge.batch WHERE id = ANY ($1::uuid[]) AND state = 'PENDING' ORDER BY id FOR UPDATE SKIP LOCKED
