-- A session by its uid.
--   $1 text model, $2 bytea uid
-- Columns: as find-stored.sql. Plan: index stored_uid, one row.
SELECT payload, floor(extract(epoch FROM consumed_at))::int AS consumed
  FROM identity.stored WHERE model = $1 AND uid = $2 AND (expires_at IS NULL OR expires_at > now())
