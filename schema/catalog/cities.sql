-- Which cities are there?
--   $1 text[] slugs, or null for all
-- Columns: slug, names, time zone, bounds, is_synthetic; the first is the hub's own (oldest).
-- Plan: a handful of rows.
SELECT id AS slug, json_build_object('ko', name_ko, 'en', name_en) AS name, time_zone AS "timeZone",
       ARRAY[west, south, east, north] AS bounds, is_synthetic AS "isSynthetic"
  FROM hub.city
 WHERE $1::text[] IS NULL OR id = ANY ($1)
 ORDER BY created_at, is_synthetic DESC, id
