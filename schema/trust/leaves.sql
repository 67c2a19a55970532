-- Which entries does the signed log hold, newest first?
--   $1 bigint after, $2 bigint before this place (null: open) · $3 boolean from the end · $4 integer how many
-- Columns: place, kind, body, the entry as it was hashed, its hash (RFC 6962).
-- Plan: log_entry_pkey backwards.
SELECT position AS index, held ->> 'kind' AS kind, (held -> 'leaf')::text AS body, entry, hash
  FROM (SELECT position, convert_from(e.entry, 'UTF8') AS entry, convert_from(e.entry, 'UTF8')::jsonb AS held,
               encode(leaf_hash, 'hex') AS hash
          FROM open.published_entry e
         WHERE ($1::bigint IS NULL OR position < $1) AND ($2::bigint IS NULL OR position > $2)
         ORDER BY CASE WHEN $3::boolean THEN position END, position DESC
         LIMIT $4) AS page
 ORDER BY CASE WHEN $3::boolean THEN position END, position DESC
