-- Which open mobility dataset counts movements at these zones, or at places directly within them?
--   $1 text[] keys of zones
-- Columns: zone, slug, dataset: the finest step first is taken; passages before departures.
-- Plan: partition_zone_id_idx.
SELECT DISTINCT ON (w.id) w.id AS zone, w.slug, d.id AS dataset
  FROM hub.zone w
  JOIN hub.zone z ON z.id = w.id OR z.parent_id = w.id
  JOIN hub.partition q ON q.zone_id = z.id
  JOIN hub.plan p ON p.number = q.plan_number
  JOIN hub.dataset d ON d.id = p.dataset_id
 WHERE w.id = ANY ($1) AND d.domain = 'MOBILITY' AND d.tier = 'OPEN' AND p.additive
 ORDER BY w.id, (p.statistic = 'PASSAGES') DESC, p.step::interval, d.id
