-- Which leaves does the log show, newest first?
--   $1 bigint after, $2 bigint before this index (null: open) · $3 boolean from the end · $4 integer how many
-- Columns: index, kind, body as the text that was hashed, SHA-256 of it.
-- Plan: log_leaf_pkey backwards.
SELECT index, kind, body::text AS body, encode(hash, 'hex') AS hash
  FROM open.published_leaf
 WHERE ($1::bigint IS NULL OR index < $1) AND ($2::bigint IS NULL OR index > $2)
 ORDER BY CASE WHEN $3::boolean THEN index END, index DESC
 LIMIT $4
