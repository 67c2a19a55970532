-- Which places does the newest plan of a dataset have?
--   $1 text dataset
--   $2 text slug of a zone: only it and the places directly within it; null for all
-- Columns: slug, h3 (null for places that are no cells).
-- Plan: partition_pkey, zone_pkey.
SELECT DISTINCT z.slug, z.h3
  FROM hub.partition q
  JOIN hub.zone z ON z.id = q.zone_id
  LEFT JOIN hub.zone w ON w.id = z.parent_id
 WHERE q.plan_number = (SELECT number FROM hub.plan WHERE dataset_id = $1 AND corrects IS NULL ORDER BY version DESC LIMIT 1)
   AND ($2::text IS NULL OR z.slug = $2 OR w.slug = $2)
 ORDER BY z.slug
