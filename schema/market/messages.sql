-- What was written about these licences, in order?
--   $1 uuid[] licences
-- Columns: id, licence, author, body, createdAt in epoch ms, fromSteward: whether its author did not belong to the organisation then.
-- Plan: the message's index by licence.
SELECT m.id, m.licence, m.author, m.body, (extract(epoch FROM m.created_at) * 1000)::bigint AS "createdAt",
       NOT EXISTS (SELECT FROM market.member b
                    WHERE b.organization = l.organization AND b.person = m.author
                      AND b.joined_at <= m.created_at AND (b.left_at IS NULL OR b.left_at >= m.created_at)) AS "fromSteward"
  FROM market.message m
  JOIN market.licence l ON l.id = m.licence
 WHERE m.licence = ANY ($1)
 ORDER BY m.created_at, m.id
