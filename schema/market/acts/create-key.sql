-- Makes a key; without a licence one of the sandbox.
--   $1 uuid actor · $2 uuid organisation · $3 uuid licence, or null · $4 text name · $5 text lookup · $6 bytea SHA-256 of the key
--   $7 text[] scopes · $8 timestamptz end, or null · $9 text[] networks
-- Columns: id of the key. Raises MD041 when the licence is not in force, MD042 to MD044.
SELECT (market.create_key($1::uuid, $2::uuid, $3::uuid, $4::text, $5::text, $6::bytea, $7::text[], $8::timestamptz, $9::cidr[])).id AS id
