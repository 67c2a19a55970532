-- With what can these licences' transitions be proved?
--   $1 uuid[] licences
-- Columns: licence, seq, action, place in the log (null until its batch is signed), salt in hexadecimal, body as it was hashed.
-- Plan: leaf_secret_licence_seq_key, log_entry_leaf_index_key.
SELECT s.licence, s.seq, e.action, t.position AS "logIndex", encode(s.salt, 'hex') AS salt, s.body
  FROM market.leaf_secret s
  JOIN market.licence_event e ON e.licence = s.licence AND e.seq = s.seq
  LEFT JOIN open.published_entry t ON t.leaf_index = s.leaf_index
 WHERE s.licence = ANY ($1)
 ORDER BY s.licence, s.seq
