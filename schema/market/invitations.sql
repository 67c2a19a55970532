-- Which invitations are there?
--   $1 uuid[] ids, or null · $2 uuid[] organisations, or null · $3 text e-mail in lower case, or null
-- Columns: id, organization, email, role, invitedBy, createdAt, expiresAt in epoch ms, state.
-- Plan: by primary key, organisation or e-mail; a few rows.
SELECT i.id, i.organization, i.email, i.role, i.invited_by AS "invitedBy",
       (extract(epoch FROM i.created_at) * 1000)::bigint AS "createdAt",
       (extract(epoch FROM i.expires_at) * 1000)::bigint AS "expiresAt",
       CASE WHEN i.accepted_at IS NOT NULL THEN 'ACCEPTED'
            WHEN i.withdrawn_at IS NOT NULL THEN 'WITHDRAWN'
            WHEN i.expires_at <= now() THEN 'EXPIRED'
            ELSE 'PENDING' END AS state
  FROM market.invitation i
 WHERE ($1::uuid[] IS NULL OR i.id = ANY ($1))
   AND ($2::uuid[] IS NULL OR i.organization = ANY ($2))
   AND ($3::text IS NULL OR i.email = $3)
 ORDER BY i.created_at DESC
 LIMIT 200
