-- Which requests and licences are there, newest first?
--   $1 uuid[] ids, or null · $2 uuid[] organisations, or null · $3 text[] states, or null
--   $4 bigint numbers below, $5 bigint above this (null: open) · $6 boolean oldest first · $7 integer how many, null for all
-- Columns: of market.licence, times in epoch ms, days as text; whether there was an appeal, and who refused.
-- Plan: licence_pkey, or by organisation or state.
SELECT l.id, l.number, l.organization, l.requested_by AS "requestedBy", l.offer, l.dataset, l.tier, l.state, l.seq,
       l.purpose, l.purpose_text AS "purposeText", l.asked_area AS "askedArea", l.asked_from AS "askedFrom",
       l.asked_to AS "askedTo", l.asked_step AS "askedStep", l.asked_quota AS "askedQuota", l.area, l.valid_from AS "validFrom",
       l.valid_to AS "validTo", l.step, l.quota, l.conditions, l.price_minor AS "priceMinor", l.currency,
       (extract(epoch FROM l.created_at) * 1000)::bigint AS "createdAt", (extract(epoch FROM l.due_at) * 1000)::bigint AS "dueAt",
       l.first_approver AS "firstApprover", (extract(epoch FROM l.decided_at) * 1000)::bigint AS "decidedAt",
       l.decided_by AS "decidedBy", (extract(epoch FROM l.activated_at) * 1000)::bigint AS "activatedAt",
       (extract(epoch FROM l.ended_at) * 1000)::bigint AS "endedAt", l.renews, l.high_risk AS "highRisk", h.appealed,
       h.refused_by AS "refusedBy"
  FROM market.licence l
 CROSS JOIN LATERAL (SELECT coalesce(bool_or(e.action = 'APPEAL'), false) AS appealed,
                            array_remove(array_agg(e.actor) FILTER (WHERE e.action = 'REFUSE'), NULL) AS refused_by
                       FROM market.licence_event e WHERE e.licence = l.id AND e.action IN ('APPEAL', 'REFUSE')) h
 WHERE ($1::uuid[] IS NULL OR l.id = ANY ($1))
   AND ($2::uuid[] IS NULL OR l.organization = ANY ($2))
   AND ($3::text[] IS NULL OR l.state = ANY ($3))
   AND ($4::bigint IS NULL OR l.number < $4)
   AND ($5::bigint IS NULL OR l.number > $5)
 ORDER BY CASE WHEN $6::boolean THEN l.number END, l.number DESC
 LIMIT $7
