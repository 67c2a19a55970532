-- What goes into the privacy card of these datasets?
--   $1 text[] slugs · $2 bigint now (epoch ms)
-- Columns: slug, kind, isSynthetic, retentionDays; legalBasis {ko, en}; collection: zones of the newest plan's partitions
--   (of the feeds' devices where there is no plan) with their basis; plan: newest version, its population and all
--   plans in force of it; today: what the ledger holds of the population's local day.
-- Plan: dataset_pkey; partitions by their primary key; ledger by primary key. No time of a debit is told (rule P12).
SELECT d.id AS slug, d.kind, d.is_synthetic AS "isSynthetic", d.retention_days AS "retentionDays",
       json_build_object('ko', n.legal_basis_ko, 'en', n.legal_basis_en) AS "legalBasis",
       coalesce(z.zones, '[]') AS collection,
       CASE WHEN p.number IS NOT NULL THEN json_build_object(
         'version', p.version, 'statistic', p.statistic, 'unit', n.unit, 'typicalUnits', n.typical_units, 'bound', p.bound,
         'microEpsilon', p.epsilon_micro, 'noise', json_build_object('mechanism', p.mechanism, 'n', p.scale_numerator, 'd', p.scale_denominator),
         'threshold', p.threshold, 'latenessSeconds', n.lateness_seconds, 'population', n.slug,
         'populationPlans', (SELECT json_agg(json_build_object('microEpsilon', a.epsilon_micro, 'picoDelta', a.delta_pico,
                                                                'nanoRho', a.nano_rho))
                               FROM hub.plan a WHERE a.population_number = n.number AND a.corrects IS NULL),
         'capMicro', n.cap_micro, 'plannedMicro', n.planned_micro) END AS plan,
       CASE WHEN p.number IS NOT NULL THEN json_build_object(
         'day', t.day,
         'spentMicro', coalesce((SELECT spent_micro FROM ledger.population_day l WHERE l.population = n.number AND l.day = t.day), 0),
         'datasetMicro', coalesce((SELECT sum(b.epsilon_micro) FROM ledger.debit b JOIN hub.plan v ON v.number = b.plan
                                    WHERE b.population = n.number AND b.day = t.day AND v.dataset_id = d.id), 0)) END AS today
  FROM hub.dataset d
  JOIN hub.city c ON c.id = d.city_id
  CROSS JOIN LATERAL (SELECT (to_timestamp($2::bigint / 1000.0) AT TIME ZONE c.time_zone)::date AS day) t
  LEFT JOIN LATERAL (SELECT * FROM hub.plan v WHERE v.dataset_id = d.id AND v.corrects IS NULL ORDER BY v.version DESC LIMIT 1) p ON true
  JOIN LATERAL (SELECT n.* FROM hub.population n
                 WHERE n.number = coalesce(p.population_number, (SELECT min(f.population_number) FROM hub."_DatasetToFeed" df
                                             JOIN hub.feed f ON f.id = df."B" WHERE df."A" = d.id))) n ON true
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('slug', s.slug, 'name', json_build_object('ko', s.name_ko, 'en', s.name_en),
                                      'basis', s.collection_basis) ORDER BY s.slug) AS zones
      FROM hub.zone s
     WHERE s.id IN (SELECT q.zone_id FROM hub.partition q WHERE q.plan_number = p.number
                    UNION SELECT e.zone_id FROM hub."_DatasetToFeed" df JOIN hub.stream_right r ON r.feed_id = df."B"
                            JOIN hub.device e ON e.id = r.device_id WHERE df."A" = d.id AND p.number IS NULL)) z ON true
 WHERE d.id = ANY ($1)
 ORDER BY d.id
