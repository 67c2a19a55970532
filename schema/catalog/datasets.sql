-- Which datasets are asked for, with all that their page says?
--   $1 text[] slugs, or null · $2 text words, or null · $3 text domain · $4 text city · $5 text tier · $6 text provider's slug
--   $7 text after this slug · $8 text before this slug (null: open) · $9 boolean from the end · $10 integer how many, null for all
-- Columns: the dataset; `plan` its newest; `freshness` of its feeds;
--   `extent` of what was released (epoch ms).
-- Plan: dataset_pkey; extents by release_plan_window_start_key; freshness by its primary key, newest chunk first.
SELECT d.id AS slug, d.city_id AS city, d.organization_id AS organization, d.kind, d.domain, d.layer, d.tier,
       json_build_object('ko', d.title_ko, 'en', d.title_en) AS title,
       json_build_object('ko', d.description_ko, 'en', d.description_en) AS description,
       CASE WHEN d.bias_statement_ko IS NOT NULL
            THEN json_build_object('ko', d.bias_statement_ko, 'en', d.bias_statement_en) END AS bias,
       d.keywords, d.is_synthetic AS "isSynthetic", d.licence_name AS "licenceName", d.licence_url AS "licenceUrl",
       d.attribution, d.source_url AS "sourceUrl",
       (SELECT json_build_object('number', p.number, 'version', p.version, 'statistic', p.statistic, 'step', p.step, 'split', p.split,
               'classes', p.classes, 'bound', p.bound,
               'binEdges', p.bin_edges, 'daypartHours', p.daypart_hours, 'daypartBounds', p.daypart_bounds, 'epsilonMicro', p.epsilon_micro,
               'mechanism', p.mechanism, 'deltaPico', p.delta_pico, 'n', p.scale_numerator, 'd', p.scale_denominator,
               'halfWidth95', p.half_width_95, 'threshold', p.threshold, 'additive', p.additive, 'graceSeconds', p.grace_seconds,
               'scheduleSeconds', p.schedule_seconds, 'unit', n.unit,
               'latenessSeconds', n.lateness_seconds, 'population', n.slug)
          FROM hub.plan p JOIN hub.population n ON n.number = p.population_number
         WHERE p.dataset_id = d.id AND p.corrects IS NULL ORDER BY p.version DESC LIMIT 1) AS plan,
       (SELECT json_build_object('state', f.state, 'at', extract(epoch FROM f.at)::bigint * 1000,
               'lastHeartbeat', extract(epoch FROM f.last_heartbeat)::bigint * 1000, 'heartbeatSeconds', e.heartbeat_seconds)
          FROM hub."_DatasetToFeed" df
          JOIN hub.feed e ON e.id = df."B"
          JOIN LATERAL (SELECT * FROM open.freshness f WHERE f.feed = e.id ORDER BY f.at DESC LIMIT 1) f ON true
         WHERE df."A" = d.id
         ORDER BY array_position(ARRAY['STALE', 'LATE', 'FRESH'], f.state) LIMIT 1) AS freshness,
       coalesce(
         (SELECT json_build_object('from', extract(epoch FROM min(first.window_start))::bigint * 1000,
                                   'to', extract(epoch FROM max(last.window_end))::bigint * 1000,
                                   'published', extract(epoch FROM max(last.published_at))::bigint * 1000)
            FROM hub.plan p
            JOIN LATERAL (SELECT r.window_start FROM open.published_release r
                           WHERE r.plan = p.number ORDER BY r.window_start LIMIT 1) first ON true
            JOIN LATERAL (SELECT r.window_end, r.published_at FROM open.published_release r
                           WHERE r.plan = p.number ORDER BY r.window_start DESC LIMIT 1) last ON true
           WHERE p.dataset_id = d.id HAVING count(*) > 0),
         (SELECT json_build_object('from', extract(epoch FROM min(e.starts_at))::bigint * 1000,
                                   'to', extract(epoch FROM max(coalesce(e.ends_at, e.published_at)))::bigint * 1000,
                                   'published', extract(epoch FROM max(e.published_at))::bigint * 1000)
            FROM open.published_event e WHERE d.kind = 'EVENTS' AND e.dataset = d.id HAVING count(*) > 0),
         (SELECT json_build_object('from', extract(epoch FROM min(a.at))::bigint * 1000,
                                   'to', extract(epoch FROM max(a.at))::bigint * 1000,
                                   'published', extract(epoch FROM max(a.at))::bigint * 1000)
            FROM open.published_availability a WHERE d.kind = 'AVAILABILITY' AND a.dataset = d.id HAVING count(*) > 0)) AS extent
  FROM hub.dataset d
  JOIN hub.organization o ON o.id = d.organization_id
 WHERE ($1::text[] IS NULL OR d.id = ANY ($1))
   AND ($2::text IS NULL OR concat_ws(' ', d.id, d.title_ko, d.title_en, d.description_ko, d.description_en, array_to_string(d.keywords, ' '))
        ILIKE ALL (SELECT '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
                     FROM regexp_split_to_table(trim($2), '\s+') AS word))
   AND ($3::text IS NULL OR d.domain::text = $3)
   AND ($4::text IS NULL OR d.city_id = $4)
   AND ($5::text IS NULL OR d.tier::text = $5)
   AND ($6::text IS NULL OR o.slug = $6)
   AND ($7::text IS NULL OR d.id > $7)
   AND ($8::text IS NULL OR d.id < $8)
 ORDER BY CASE WHEN $9::boolean THEN d.id END DESC, d.id
 LIMIT $10
