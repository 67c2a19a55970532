-- Which values were published of the cells of a dense dataset, from the first to the last of some windows, and do the dataset
-- and its plans still stand as the question took them?
--   $1 text      dataset
--   $2 integer[] plans of the dataset
--   $3 text[]    slugs of places, or null for all
--   $4 bigint    start of the first window, $5 bigint start of the last: epoch ms
-- Answers one row, none without such a dataset: plans: numbers, newest first, corrections after all others; firstStart (epoch ms) of the first released
--   window of $2; cells: a JSON list by cell of {plan, place, category, start (epoch ms), value,
--   withheld}, start and value as parallel lists in order of time, null where nothing was published; withheld: reasons by
--   start, null without any.
-- Plan: one index scan of observation_pkey a cell, by the lateral join: it depends on no estimate, so that a generic plan is
--   as good as a custom one.
WITH chosen AS MATERIALIZED (
  SELECT q.plan_number AS plan, q.cell, z.slug AS place, q.category, p.corrects IS NOT NULL AS corrects
    FROM hub.partition q JOIN hub.zone z ON z.id = q.zone_id JOIN hub.plan p ON p.number = q.plan_number
   WHERE q.plan_number = ANY ($2) AND ($3::text[] IS NULL OR z.slug = ANY ($3))
)
SELECT ARRAY(SELECT p.number FROM hub.plan p WHERE p.dataset_id = d.id
                      ORDER BY (p.corrects IS NULL) DESC, p.version DESC) AS plans,
       (SELECT date_part('epoch', min(first.window_start)) * 1000
          FROM unnest($2::integer[]) AS n (number)
          JOIN LATERAL (SELECT r.window_start FROM open.published_release r WHERE r.plan = n.number
                         ORDER BY r.window_start LIMIT 1) AS first ON true) AS "firstStart",
       (SELECT json_agg(json_build_object('plan', c.plan, 'place', c.place, 'category', c.category,
                                           'start', o.start, 'value', o.value, 'withheld', o.withheld) ORDER BY c.cell)
           FROM chosen c
          CROSS JOIN LATERAL (
            SELECT array_to_json(array_agg(start_ms)) AS start, array_to_json(array_agg(value)) AS value,
                   json_object_agg(start_ms, withheld) FILTER (WHERE withheld IS NOT NULL) AS withheld
              FROM (SELECT (date_part('epoch', window_start) * 1000)::bigint AS start_ms, value, withheld
                      FROM open.published_observation
                     WHERE plan = c.plan AND cell = c.cell
                       AND window_start BETWEEN to_timestamp($4::bigint / 1000) AND to_timestamp($5::bigint / 1000)
                       -- a correction that was given up corrects nothing
                       AND NOT (c.corrects AND withheld IS NOT DISTINCT FROM 'SLOT_ABANDONED')
                     ORDER BY window_start) AS published
          ) AS o) AS cells
  FROM hub.dataset d
 WHERE d.id = $1
