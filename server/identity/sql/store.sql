-- Keeps one thing of the OpenID provider (session, code, grant, refresh token, interaction).
--   $1 text model, $2 bytea id, $3 bytea sealed payload, $4 bytea grant or null, $5 bytea uid or null, $6 integer seconds or null
INSERT INTO identity.stored (model, id, payload, grant_id, uid, expires_at)
  VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
  ON CONFLICT (model, id) DO UPDATE
    SET payload = EXCLUDED.payload, grant_id = EXCLUDED.grant_id, uid = EXCLUDED.uid, expires_at = EXCLUDED.expires_at
