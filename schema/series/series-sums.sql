-- What are the sums of released values over longer steps or several places?
--   $1 integer[] plans of the dataset, newest first: of a window the newest version that was released counts
--   $2 bigint[]  starts of the plan's windows, $3 bigint[] starts and $4 bigint[] ends of the asked step that each
--                window belongs to: epoch ms, ascending
--   $5 text[]    slugs of places, or null for all
--   $6 text      name of the summed area, or null to keep places apart
--   $7 integer[] half width of the 95 % interval of a sum of 1, 2, … values
--   $8 text[]    names of the columns that are wanted
-- Answers one row as series-dense.sql does. Signed values are summed and rounded up to zero afterwards (rule P5); a sum with a
--   withheld leaf is withheld, with its reason.
-- Plan: as series-dense.sql.
WITH asked AS (
  SELECT start_ms, bucket_ms, bucket_end_ms, to_timestamp(start_ms / 1000) AS window_start
    FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS w (start_ms, bucket_ms, bucket_end_ms)
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
), leaves AS (
  SELECT a.bucket_ms, a.bucket_end_ms, coalesce($6::text, z.slug) AS place, q.category, q.cell, o.value,
         coalesce(o.withheld, CASE WHEN o.value IS NULL THEN 'NOT_RELEASED' END) AS withheld
    FROM asked a
    LEFT JOIN released r ON r.window_start = a.window_start
    JOIN hub.partition q ON q.plan_number = coalesce(r.plan, ($1::integer[])[1])
    JOIN hub.zone z ON z.id = q.zone_id
    LEFT JOIN observed o ON o.plan = r.plan AND o.cell = q.cell AND o.window_start = a.window_start
   WHERE $5::text[] IS NULL OR z.slug = ANY ($5)
), entries AS (
  SELECT bucket_ms AS start_ms, bucket_end_ms AS end_ms, place, category,
         CASE WHEN bool_and(withheld IS NULL) THEN sum(value) END AS value,
         min(withheld) AS withheld, ($7::integer[])[count(*)] AS width
    FROM leaves
   GROUP BY bucket_ms, bucket_end_ms, place, category
   ORDER BY bucket_ms, min(cell)
)
SELECT json_agg(start_ms) FILTER (WHERE 'start' = ANY ($8::text[])) AS start,
       json_agg(end_ms) FILTER (WHERE 'end' = ANY ($8::text[])) AS "end",
       json_agg(place) FILTER (WHERE 'place' = ANY ($8::text[])) AS place,
       json_agg(NULL::text) FILTER (WHERE 'destination' = ANY ($8::text[])) AS destination,
       json_agg(category) FILTER (WHERE 'category' = ANY ($8::text[])) AS category,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value, 0) END) FILTER (WHERE 'value' = ANY ($8::text[])) AS value,
       json_agg(value) FILTER (WHERE 'signed' = ANY ($8::text[])) AS signed,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value - width, 0) END) FILTER (WHERE 'lower95' = ANY ($8::text[])) AS lower95,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value + width, 0) END) FILTER (WHERE 'upper95' = ANY ($8::text[])) AS upper95,
       json_agg(withheld) FILTER (WHERE 'withheld' = ANY ($8::text[])) AS withheld,
       count(*) AS expected, count(value) AS present
  FROM entries
