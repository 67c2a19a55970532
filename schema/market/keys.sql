-- Which keys are there?
--   $1 uuid[] ids, or null · $2 uuid[] organisations, or null · $3 uuid[] licences, or null
-- Columns: id, lookup (the eight characters that may be shown), environment, organization, licence, name, scopes,
--   ipAllow as text, createdBy, makerLeft: whether they are no member any more, times in epoch ms, lastUsedOn as a day.
-- Plan: by primary key, organisation or licence; a few rows.
SELECT k.id, k.lookup, k.environment, k.organization, k.licence, k.name, k.scopes, k.ip_allow::text[] AS "ipAllow",
       k.created_by AS "createdBy",
       NOT EXISTS (SELECT FROM market.member m
                    WHERE m.organization = k.organization AND m.person = k.created_by AND m.left_at IS NULL) AS "makerLeft",
       (extract(epoch FROM k.created_at) * 1000)::bigint AS "createdAt",
       (extract(epoch FROM k.expires_at) * 1000)::bigint AS "expiresAt",
       (extract(epoch FROM k.revoked_at) * 1000)::bigint AS "revokedAt", k.last_used_on AS "lastUsedOn"
  FROM market.api_key k
 WHERE ($1::uuid[] IS NULL OR k.id = ANY ($1))
   AND ($2::uuid[] IS NULL OR k.organization = ANY ($2))
   AND ($3::uuid[] IS NULL OR k.licence = ANY ($3))
 ORDER BY k.created_at DESC, k.id
 LIMIT 500
