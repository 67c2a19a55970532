-- Of which organisations is this person a member now?
--   $1 uuid person
-- Columns: organization, role, joinedAt in epoch ms.
-- Plan: the member's index by person.
SELECT m.organization, m.role, (extract(epoch FROM m.joined_at) * 1000)::bigint AS "joinedAt"
  FROM market.member m
  JOIN hub.organization o ON o.id = m.organization
 WHERE m.person = $1 AND m.left_at IS NULL AND o.closed_at IS NULL
 ORDER BY m.joined_at
