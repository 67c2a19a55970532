-- Revokes a key at once and for good.
--   $1 uuid actor · $2 uuid key · $3 text reason, or null · $4 boolean by a steward
-- Columns: id of the key. Raises MD042, MD044.
SELECT (market.revoke_key($1::uuid, $2::uuid, $3::text, $4::boolean)).id AS id
