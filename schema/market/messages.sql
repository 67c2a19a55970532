-- What was written about these licences, in order?
--   $1 uuid[] licences
-- Columns: id, licence, author, body (null: erased), createdAt in epoch ms, fromSteward.
-- Plan: message_licence.
SELECT m.id, m.licence, m.author, m.body, (extract(epoch FROM m.created_at) * 1000)::bigint AS "createdAt",
       m.from_steward AS "fromSteward"
  FROM market.message m
 WHERE m.licence = ANY ($1)
 ORDER BY m.created_at, m.id
