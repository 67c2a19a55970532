-- Which values were published of the cells of a dense dataset, from the first to the last of some windows?
--   $1 integer[] plans of the dataset
--   $2 text[]    slugs of places, or null for all
--   $3 bigint    start of the first window, $4 bigint start of the last: epoch ms
-- Answers one row a plan and cell, by cell: plan, place, category; start (epoch ms) and value as parallel JSON lists in
--   order of time, null where nothing was published; withheld: JSON object of the reasons by start, null without any.
-- Plan: one index scan of observation_pkey a cell, by the lateral join: it depends on no estimate, so that a generic plan is
--   as good as a custom one.
WITH chosen AS MATERIALIZED (
  SELECT q.plan_number AS plan, q.cell, z.slug AS place, q.category
    FROM hub.partition q JOIN hub.zone z ON z.id = q.zone_id
   WHERE q.plan_number = ANY ($1) AND ($2::text[] IS NULL OR z.slug = ANY ($2))
)
SELECT c.plan, c.place, c.category, o.start, o.value, o.withheld
  FROM chosen c
 CROSS JOIN LATERAL (
   SELECT array_to_json(array_agg(start_ms)) AS start, array_to_json(array_agg(value)) AS value,
          json_object_agg(start_ms, withheld) FILTER (WHERE withheld IS NOT NULL) AS withheld
     FROM (SELECT (date_part('epoch', window_start) * 1000)::bigint AS start_ms, value, withheld
             FROM open.published_observation
            WHERE plan = c.plan AND cell = c.cell
              AND window_start BETWEEN to_timestamp($3::bigint / 1000) AND to_timestamp($4::bigint / 1000)
            ORDER BY window_start) AS published
 ) AS o
 ORDER BY c.cell
