-- Which zones have this slug?
--   $1 text city, or null for any · $2 text slug
-- Columns: key.
-- Plan: zone_city_id_slug_key, or one scan of the zones.
SELECT id AS key FROM hub.zone WHERE ($1::text IS NULL OR city_id = $1) AND slug = $2
