-- A population with everything a release needs to know of it.
--   $1 population number
--   columns: one row, `population` as JSON (shape: PopulationRow in catalogue.ts); no row when it is unknown
SELECT json_build_object(
  'number', p.number,
  'timeZone', c.time_zone,
  'latenessSeconds', p.lateness_seconds,
  'skewSeconds', p.skew_seconds,
  'devices', (SELECT coalesce(json_agg(DISTINCT r.device_id), '[]')
                FROM hub.stream_right r JOIN hub.feed f ON f.id = r.feed_id WHERE f.population_number = p.number),
  'isLive', EXISTS (SELECT FROM hub.stream_right r JOIN hub.feed f ON f.id = r.feed_id JOIN hub.device d ON d.id = r.device_id
                     WHERE f.population_number = p.number AND d.kind <> 'BACKFILL' AND d.revoked_at IS NULL),
  'backfills', (SELECT coalesce(json_agg(json_build_object('id', b.id, 'firstDay', b.first_day, 'lastDay', b.last_day)
                                          ORDER BY b.declared_at DESC), '[]')
                  FROM hub.backfill b WHERE b.population_number = p.number),
  'plans', (SELECT coalesce(json_agg(json_build_object(
               'number', l.number, 'dataset', l.dataset_id, 'version', l.version, 'statistic', l.statistic,
               'step', l.step, 'bound', l.bound,
               'bounds', CASE WHEN cardinality(l.daypart_bounds) = 0 THEN ARRAY[l.bound] ELSE l.daypart_bounds END, 'noise', json_build_object('mechanism', l.mechanism, 'n', l.scale_numerator, 'd', l.scale_denominator),
               'threshold', l.threshold, 'graceSeconds', l.grace_seconds,
               'activeFrom', floor(extract(epoch FROM l.active_from) * 1000),
               'corrects', l.corrects,
               'outage', CASE WHEN o.id IS NOT NULL
                              THEN json_build_object('from', floor(extract(epoch FROM o.starts_at) * 1000),
                                                     'to', floor(extract(epoch FROM o.ends_at) * 1000)) END,
               'cells', q.cells, 'cellDevices', q.devices) ORDER BY l.number), '[]')
             FROM hub.plan l
             LEFT JOIN hub.outage o ON o.id = l.outage_id
             CROSS JOIN LATERAL (SELECT coalesce(json_agg(cell ORDER BY cell), '[]') AS cells,
                                        coalesce(json_agg(device_id ORDER BY cell), '[]') AS devices
                                   FROM hub.partition WHERE plan_number = l.number) q
            WHERE l.population_number = p.number)
) AS population
  FROM hub.population p JOIN hub.city c ON c.id = p.city_id
 WHERE p.number = $1
