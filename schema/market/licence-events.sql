-- What happened with these licences, in order?
--   $1 uuid[] licences
-- Columns: licence, seq, action, from, to, actor, at in epoch ms, reason.
-- Plan: licence_event_pkey.
SELECT e.licence, e.seq, e.action, e.from_state AS "from", e.to_state AS "to", e.actor,
       (extract(epoch FROM e.at) * 1000)::bigint AS at, e.reason
  FROM market.licence_event e
 WHERE e.licence = ANY ($1)
 ORDER BY e.licence, e.seq
