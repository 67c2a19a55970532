-- One thing of the OpenID provider that has not expired.
--   $1 text model, $2 bytea id
-- Columns: payload, consumed (seconds since 1970, or null). Plan: primary key, one row.
SELECT payload, floor(extract(epoch FROM consumed_at))::int AS consumed
  FROM identity.stored WHERE model = $1 AND id = $2 AND (expires_at IS NULL OR expires_at > now())
