-- Which area lies around each of these zones?
--   $1 text[] keys of zones
-- Columns: zone, area: for a plaza, segment, station, cell or site the zone that holds it, else the zone itself; key and slug.
-- Plan: zone_pkey.
SELECT z.id AS zone, a.id AS area, a.slug
  FROM hub.zone z
  JOIN hub.zone a ON a.id = CASE WHEN z.kind IN ('CITY', 'DISTRICT', 'AREA') THEN z.id ELSE coalesce(z.parent_id, z.id) END
 WHERE z.id = ANY ($1)
