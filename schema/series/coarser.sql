-- Which open dataset counts the same units for itself, over larger places or longer windows?
--   $1 text dataset whose values were to be summed
-- Columns: slug, step; the nearest in step first, then the one with the fewest places.
-- Plan: plan_pkey by population; partition_pkey.
SELECT o.dataset_id AS slug, o.step
  FROM (SELECT * FROM hub.plan WHERE dataset_id = $1 ORDER BY version DESC LIMIT 1) p
  JOIN hub.plan o ON o.population_number = p.population_number AND o.statistic = p.statistic AND o.dataset_id <> p.dataset_id
  JOIN hub.dataset d ON d.id = o.dataset_id AND d.tier = 'OPEN'
 CROSS JOIN LATERAL (SELECT count(DISTINCT zone_id) AS places FROM hub.partition WHERE plan_number = o.number) other
 CROSS JOIN LATERAL (SELECT count(DISTINCT zone_id) AS places FROM hub.partition WHERE plan_number = p.number) own
 WHERE o.step::interval >= p.step::interval AND other.places <= own.places
   AND (o.step::interval > p.step::interval OR other.places < own.places)
 ORDER BY o.step::interval, other.places, o.dataset_id
 LIMIT 1
