-- Which release plans does a dataset have, and how many of their cells lie in the asked places?
--   $1 text    dataset
--   $2 text[]  slugs of places, or null for all
-- Columns: one row a plan version, newest first, corrections after all others (`corrects`: the version that they correct). `places` counts the asked slugs that the plan has, `cells` their cells;
--   `firstStart` epoch ms of the first released window, null before the first release.
-- Plan: primary keys and partition_pkey; the first release by release_plan_window_start_key.
SELECT c.time_zone AS "timeZone", p.number, p.version, corrected.version AS corrects, p.statistic, p.step, p.split,
       p.mechanism, p.scale_numerator AS n, p.scale_denominator AS d, p.half_width_95 AS "halfWidth95", p.threshold, p.additive,
       q.cells, q.places,
       (SELECT extract(epoch FROM min(r.window_start))::bigint * 1000
          FROM open.published_release r WHERE r.plan = p.number) AS "firstStart"
  FROM hub.dataset d
  JOIN hub.city c ON c.id = d.city_id
  LEFT JOIN hub.plan p ON p.dataset_id = d.id
  LEFT JOIN hub.plan corrected ON corrected.number = p.corrects
  LEFT JOIN LATERAL (
    SELECT count(*) AS cells, count(DISTINCT z.slug) AS places
      FROM hub.partition q JOIN hub.zone z ON z.id = q.zone_id
     WHERE q.plan_number = p.number AND ($2::text[] IS NULL OR z.slug = ANY ($2))) q ON true
 WHERE d.id = $1
 ORDER BY (p.corrects IS NULL) DESC, p.version DESC
