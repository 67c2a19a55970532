-- What is drawn below a city's map?
--   $1 text slug of the city
-- Columns: backdrop (GeoJSON FeatureCollection, or null where the city has none).
-- Plan: one row by its key; apart from cities.sql, because a backdrop is large and few answers show it.
SELECT backdrop
  FROM hub.city
 WHERE id = $1
