-- By which thresholds are crowd levels of these cities judged?
--   $1 text[] cities
-- Columns: city, version and the densities from which a level holds, in hundredths of persons/m²; newest version first.
-- Plan: threshold_version_pkey.
SELECT city_id AS city, version, approaching, caution, alert, serious
  FROM hub.threshold_version
 WHERE city_id = ANY ($1)
 ORDER BY city_id, version DESC
