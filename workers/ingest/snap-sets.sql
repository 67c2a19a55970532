-- The fixed public points that sensitive reports of each city snap to, by version.
-- Columns: city, version, reachM, validFrom, points [{slug, position}].
SELECT v.city_id AS city, v.version, v.reach_m AS "reachM", v.valid_from AS "validFrom",
       coalesce(json_agg(json_build_object('slug', p.slug, 'position', json_build_array(p.longitude, p.latitude))
                         ORDER BY p.slug) FILTER (WHERE p.slug IS NOT NULL), '[]') AS points
  FROM hub.snap_version v LEFT JOIN hub.snap_point p ON p.city_id = v.city_id AND p.version = v.version
 GROUP BY v.city_id, v.version, v.reach_m, v.valid_from
