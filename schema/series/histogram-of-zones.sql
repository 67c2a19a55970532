-- Which histogram of a statistic speaks of these zones?
--   $1 text[] keys of zones
--   $2 text   statistic: SPEED or DWELL
--   $3 text[] datasets that may be read without a licence · $4 text[] those that may be read with one, which come after
-- Columns: zone; dataset; place: slug of the partition that speaks of it, the zone itself or else the nearest zone around it.
-- Plan: zone_pkey up the few levels of a city, partition_zone_id_idx.
WITH RECURSIVE around AS (
  SELECT z.id AS zone, z.id, z.slug, z.parent_id, 0 AS far FROM hub.zone z WHERE z.id = ANY ($1)
  UNION ALL
  SELECT a.zone, z.id, z.slug, z.parent_id, a.far + 1 FROM around a JOIN hub.zone z ON z.id = a.parent_id WHERE a.far < 8
)
SELECT DISTINCT ON (a.zone) a.zone, p.dataset_id AS dataset, a.slug AS place
  FROM around a
  JOIN hub.partition q ON q.zone_id = a.id
  JOIN hub.plan p ON p.number = q.plan_number AND p.statistic::text = $2
  JOIN hub.dataset d ON d.id = p.dataset_id AND d.id = ANY ($3::text[] || $4::text[])
 ORDER BY a.zone, d.id <> ALL ($3), a.far, p.dataset_id
