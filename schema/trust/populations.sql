-- Whose privacy budget is kept?
--   $1 text slug, or null for all
-- Columns: number, slug, unit, typical units of a person, cap and planned micro-ε of a unit-day, controller, city.
-- Plan: a handful of rows.
SELECT number, slug, unit, typical_units AS "typicalUnits", cap_micro AS "capMicro", planned_micro AS "plannedMicro",
       controller_id AS controller, city_id AS city
  FROM hub.population
 WHERE $1::text IS NULL OR slug = $1
 ORDER BY slug
