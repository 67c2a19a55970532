-- Which key has these eight characters?
--   $1 text lookup
-- Columns: id, hash (SHA-256 of the whole key), environment, organization, licence, scopes, ipAllow (networks), expiresAt and
--   revokedAt (epoch ms or null; the organisation's closing counts), lastUsedOn (day or null).
-- Plan: api_key_lookup_key.
SELECT k.id, k.hash, k.environment, k.organization, k.licence, k.scopes, k.ip_allow::text[] AS "ipAllow",
       (extract(epoch FROM k.expires_at) * 1000)::float8 AS "expiresAt", (extract(epoch FROM k.revoked_at) * 1000)::float8 AS "revokedAt",
       k.last_used_on AS "lastUsedOn"
  FROM market.find_key($1) k
