-- With what can these licences' transitions be proved?
--   $1 uuid[] licences
-- Columns: licence, seq, kind of leaf, its place in the log (null until its batch is out), salt in hexadecimal, body as it was hashed.
-- Plan: the secret's index by licence.
SELECT s.licence, s.seq, f.kind, NULL::bigint AS "logIndex", encode(s.salt, 'hex') AS salt, s.body
  FROM market.leaf_secret s
  JOIN open.log_leaf f ON f.index = s.leaf_index
 WHERE s.licence = ANY ($1)
 ORDER BY s.licence, s.seq
