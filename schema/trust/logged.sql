-- Where does a leaf stand in the newest signed tree?
--   $1 bigint number of the leaf within the hub
-- Columns: place, entry as it was hashed and its hash (null until signed); size and note of the checkpoint; no row before the first one.
-- Plan: log_checkpoint_pkey backwards, log_entry_leaf_index_key.
SELECT e.position AS index, convert_from(e.entry, 'UTF8') AS entry, encode(e.leaf_hash, 'hex') AS hash, c.size, c.note, c.verifier_key AS "verifierKey"
  FROM open.published_checkpoint c
  LEFT JOIN open.published_entry e ON e.leaf_index = $1::bigint AND e.position < c.size
