-- Which values were released for the cells of a dense plan in these windows?
--   $1 integer[] plans of the dataset, newest first: of a window the newest version that was released counts
--   $2 bigint[]  window starts, $3 bigint[] window ends: epoch ms, ascending
--   $4 text[]    slugs of places, or null for all
--   $5 integer[] half width of the 95 % interval of one value, by plan as $1
--   $6 text[]    names of the columns that are wanted
-- Answers one row: the columns as JSON, in the order of windows, then cells; a column not asked for is null.
--   Every window × cell has its entry: `NOT_RELEASED` where nothing was published yet.
-- Plan: one index scan of observation_pkey a cell or of observation_window a window, chunks excluded by the join.
WITH asked AS (
  SELECT start_ms, end_ms, to_timestamp(start_ms / 1000) AS window_start
    FROM unnest($2::bigint[], $3::bigint[]) AS w (start_ms, end_ms)
), released AS (
  SELECT DISTINCT ON (r.window_start) r.window_start, r.plan
    FROM open.published_release r
   WHERE r.plan = ANY ($1)
     AND r.window_start BETWEEN to_timestamp(($2::bigint[])[1] / 1000)
                            AND to_timestamp(($2::bigint[])[cardinality($2::bigint[])] / 1000)
   ORDER BY r.window_start, r.version DESC
), observed AS MATERIALIZED (
  SELECT o.plan, o.cell, o.window_start, o.value, o.withheld
    FROM open.published_observation o
   WHERE o.plan = ANY ($1)
     AND o.window_start BETWEEN to_timestamp(($2::bigint[])[1] / 1000)
                            AND to_timestamp(($2::bigint[])[cardinality($2::bigint[])] / 1000)
), entries AS (
  SELECT a.start_ms, a.end_ms, z.slug, q.category, o.value,
         coalesce(o.withheld, CASE WHEN o.value IS NULL THEN 'NOT_RELEASED' END) AS withheld,
         ($5::integer[])[array_position($1::integer[], q.plan_number)] AS width
    FROM asked a
    LEFT JOIN released r ON r.window_start = a.window_start
    JOIN hub.partition q ON q.plan_number = coalesce(r.plan, ($1::integer[])[1])
    JOIN hub.zone z ON z.id = q.zone_id
    LEFT JOIN observed o ON o.plan = r.plan AND o.cell = q.cell AND o.window_start = a.window_start
   WHERE $4::text[] IS NULL OR z.slug = ANY ($4)
   ORDER BY a.start_ms, q.cell
)
SELECT json_agg(start_ms) FILTER (WHERE 'start' = ANY ($6::text[])) AS start,
       json_agg(end_ms) FILTER (WHERE 'end' = ANY ($6::text[])) AS "end",
       json_agg(slug) FILTER (WHERE 'place' = ANY ($6::text[])) AS place,
       json_agg(NULL::text) FILTER (WHERE 'destination' = ANY ($6::text[])) AS destination,
       json_agg(category) FILTER (WHERE 'category' = ANY ($6::text[])) AS category,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value, 0) END) FILTER (WHERE 'value' = ANY ($6::text[])) AS value,
       json_agg(value) FILTER (WHERE 'signed' = ANY ($6::text[])) AS signed,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value - width, 0) END) FILTER (WHERE 'lower95' = ANY ($6::text[])) AS lower95,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value + width, 0) END) FILTER (WHERE 'upper95' = ANY ($6::text[])) AS upper95,
       json_agg(withheld) FILTER (WHERE 'withheld' = ANY ($6::text[])) AS withheld,
       count(*) AS expected, count(value) AS present
  FROM entries
