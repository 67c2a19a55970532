-- Which dataset counts movements around these zones?
--   $1 text[] keys of zones
--   $2 text[] datasets that may be read without a licence · $3 text[] those that may be read with one, which come after
-- Columns: zone; slug of the zone whose places are counted: itself (they are it or directly within it) if there are any,
--   else its area; dataset: passages first, then the finest step, so that hourly people flow goes before daily departures;
--   places: how many are counted.
-- Plan: partition_zone_id_idx.
SELECT DISTINCT ON (w.id) w.id AS zone, s.slug, d.id AS dataset,
       (SELECT count(DISTINCT o.zone_id)::integer FROM hub.partition o JOIN hub.zone oz ON oz.id = o.zone_id
         WHERE o.plan_number = p.number AND (oz.id = s.id OR oz.parent_id = s.id)) AS places
  FROM hub.zone w
  JOIN hub.zone s ON s.id = w.id OR (s.id = w.parent_id AND w.kind NOT IN ('CITY', 'DISTRICT', 'AREA'))
  JOIN hub.zone z ON z.id = s.id OR z.parent_id = s.id
  JOIN hub.partition q ON q.zone_id = z.id
  JOIN hub.plan p ON p.number = q.plan_number AND p.corrects IS NULL
  JOIN hub.dataset d ON d.id = p.dataset_id
 WHERE w.id = ANY ($1) AND (d.domain = 'MOBILITY' OR p.statistic = 'PRESENCE') AND p.statistic NOT IN ('SPEED', 'DWELL') AND d.id = ANY ($2::text[] || $3::text[]) AND p.additive
 ORDER BY w.id, d.id <> ALL ($2), (s.id = w.id) DESC, (p.statistic = 'PASSAGES') DESC, p.step::interval, d.id
