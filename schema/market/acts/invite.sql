-- Invites an address to an organisation.
--   $1 uuid actor · $2 uuid organisation · $3 text e-mail · $4 text role · $5 bytea SHA-256 of the token · $6 timestamptz end
-- Columns: id of the invitation. Raises MD042, MD043, MD044.
SELECT market.invite($1::uuid, $2::uuid, $3::text, $4::text, $5::bytea, $6::timestamptz) AS id
