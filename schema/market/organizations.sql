-- Which organizations are there?
--   $1 uuid[] ids, or null · $2 text slug, or null · $3 boolean providers alone: those that own a dataset or population, or
--   operate a device
--   $4 text after this slug · $5 text before this slug (null: open) · $6 boolean from the end · $7 integer how many, null for all
-- Columns: of hub.organization, times in epoch ms, and whether it is a provider.
-- Plan: organization_pkey or organization_slug_key; a few rows otherwise.
SELECT o.id, o.slug, json_build_object('ko', o.name_ko, 'en', o.name_en) AS name, o.url, o.stage,
       o.registration_number AS "registrationNumber", (extract(epoch FROM o.attested_at) * 1000)::bigint AS "attestedAt",
       (extract(epoch FROM o.closed_at) * 1000)::bigint AS "closedAt", p.is AS "isProvider"
  FROM hub.organization o
 CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM hub.dataset d WHERE d.organization_id = o.id)
                         OR EXISTS (SELECT FROM hub.population q WHERE q.controller_id = o.id)
                         OR EXISTS (SELECT FROM hub.device e WHERE e.organization_id = o.id) AS is) p
 WHERE ($1::uuid[] IS NULL OR o.id = ANY ($1))
   AND ($2::text IS NULL OR o.slug = $2)
   AND (NOT $3::boolean OR p.is)
   AND ($4::text IS NULL OR o.slug > $4)
   AND ($5::text IS NULL OR o.slug < $5)
 ORDER BY CASE WHEN $6::boolean THEN o.slug END DESC, o.slug
 LIMIT $7
