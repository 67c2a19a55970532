-- Puts a new key in the place of another, which works for some hours more.
--   $1 uuid actor · $2 uuid key · $3 text lookup · $4 bytea SHA-256 of the new key · $5 integer hours
-- Columns: id of the new key. Raises MD041 when the key is over, MD042 to MD044.
SELECT (market.rotate_key($1::uuid, $2::uuid, $3::text, $4::bytea, make_interval(hours => $5::integer))).id AS id
