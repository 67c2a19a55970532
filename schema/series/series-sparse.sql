-- Which origin-destination pairs were released in these windows?
--   $1 integer[] plans of the dataset: of a window the newest version that was released counts
--   $2 bigint[]  window starts, $3 bigint[] window ends: epoch ms, ascending
--   $4 text[]    slugs of places that are origin or destination, or null for all
--   $5 integer[] half width of the 95 % interval of one value, by plan as $1
--   $6 text[]    names of the columns that are wanted
--   $7 integer   entries at most
-- Answers one row: the columns as JSON, by window, then cell; a column not asked for is null. A pair below the plan's threshold has no entry: the law of the release.
--   A window without a release has one entry without places that says why.
-- Plan: observation_window; stations joined by hash.
WITH asked AS (
  SELECT start_ms, end_ms, to_timestamp(start_ms / 1000) AS window_start
    FROM unnest($2::bigint[], $3::bigint[]) AS w (start_ms, end_ms)
), released AS (
  SELECT DISTINCT ON (r.window_start) r.window_start, r.plan, r.version, r.abandoned
    FROM open.published_release r JOIN hub.plan p ON p.number = r.plan
   WHERE r.plan = ANY ($1) AND NOT (r.abandoned AND p.corrects IS NOT NULL)
     AND r.window_start BETWEEN to_timestamp(($2::bigint[])[1] / 1000)
                            AND to_timestamp(($2::bigint[])[cardinality($2::bigint[])] / 1000)
   ORDER BY r.window_start, r.version DESC
), pairs AS (
  SELECT a.start_ms, a.end_ms, zo.slug, zd.slug AS destination, o.cell, o.value, NULL::text AS withheld, r.version,
         ($5::integer[])[array_position($1::integer[], o.plan)] AS width
    FROM asked a
    JOIN released r ON r.window_start = a.window_start
    JOIN open.published_observation o ON o.plan = r.plan AND o.window_start = a.window_start
    JOIN hub.partition qo ON qo.plan_number = o.plan AND qo.cell = o.cell / 65536
    JOIN hub.zone zo ON zo.id = qo.zone_id
    JOIN hub.partition qd ON qd.plan_number = o.plan AND qd.cell = o.cell % 65536
    JOIN hub.zone zd ON zd.id = qd.zone_id
   WHERE $4::text[] IS NULL OR zo.slug = ANY ($4) OR zd.slug = ANY ($4)
   UNION ALL
  SELECT a.start_ms, a.end_ms, NULL, NULL, NULL, NULL,
         CASE WHEN r.abandoned THEN 'SLOT_ABANDONED' ELSE 'NOT_RELEASED' END, r.version, NULL
    FROM asked a
    LEFT JOIN released r ON r.window_start = a.window_start
   WHERE r.abandoned IS NOT FALSE
), entries AS (
  SELECT * FROM pairs ORDER BY start_ms, cell LIMIT $7::integer
)
SELECT json_agg(start_ms) FILTER (WHERE 'start' = ANY ($6::text[])) AS start,
       json_agg(end_ms) FILTER (WHERE 'end' = ANY ($6::text[])) AS "end",
       json_agg(slug) FILTER (WHERE 'place' = ANY ($6::text[])) AS place,
       json_agg(destination) FILTER (WHERE 'destination' = ANY ($6::text[])) AS destination,
       json_agg(NULL::text) FILTER (WHERE 'category' = ANY ($6::text[])) AS category,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value, 0) END) FILTER (WHERE 'value' = ANY ($6::text[])) AS value,
       json_agg(value) FILTER (WHERE 'signed' = ANY ($6::text[])) AS signed,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value - width, 0) END) FILTER (WHERE 'lower95' = ANY ($6::text[])) AS lower95,
       json_agg(CASE WHEN value IS NOT NULL THEN greatest(value + width, 0) END) FILTER (WHERE 'upper95' = ANY ($6::text[])) AS upper95,
       json_agg(withheld) FILTER (WHERE 'withheld' = ANY ($6::text[])) AS withheld,
       json_agg(version) FILTER (WHERE 'version' = ANY ($6::text[])) AS version,
       count(*) AS expected, count(value) AS present
  FROM entries
