-- Who belongs to these organisations now?
--   $1 uuid[] organisations
-- Columns: organization, person, name, email, role, joinedAt in epoch ms.
-- Plan: the member's primary key; a few rows each.
SELECT m.organization, m.person, p.display_name AS name, p.email, m.role,
       (extract(epoch FROM m.joined_at) * 1000)::bigint AS "joinedAt"
  FROM market.member m
  JOIN market.person p ON p.id = m.person
 WHERE m.organization = ANY ($1) AND m.left_at IS NULL
 ORDER BY m.joined_at, m.person
