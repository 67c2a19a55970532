-- Which datasets of a city count people?
--   $1 text city · $2 text[] datasets that may be read without a licence · $3 text[] those that may be read with one, which come after
-- Columns: dataset, statistic of its newest plan; occupancy first, then presence by the finest step.
-- Plan: dataset_city_id_idx.
SELECT d.id AS slug, p.statistic
  FROM hub.dataset d
  JOIN LATERAL (SELECT statistic, step FROM hub.plan p WHERE p.dataset_id = d.id AND p.corrects IS NULL ORDER BY p.version DESC LIMIT 1) p ON true
 WHERE d.city_id = $1 AND d.domain = 'CROWD' AND d.id = ANY ($2::text[] || $3::text[])
 ORDER BY d.id <> ALL ($2), (p.statistic = 'OCCUPANCY') DESC, (p.statistic = 'PRESENCE') DESC, p.step::interval, d.id
