-- Marks a code or refresh token as used. Of two at once only one gets a row.
--   $1 text model, $2 bytea id
UPDATE identity.stored SET consumed_at = now() WHERE model = $1 AND id = $2 AND consumed_at IS NULL
