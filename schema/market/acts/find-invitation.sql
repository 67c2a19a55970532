-- Which invitation has this token?
--   $1 bytea SHA-256 of the token
-- Columns: id of the invitation, or null.
SELECT market.find_invitation($1::bytea) AS id
