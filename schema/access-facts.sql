-- Which datasets are there, and what may each tier see of them?
-- Columns: dataset, city, kind; statistic and step of its newest plan (null for rows about things); isSynthetic; tierViews: JSON
--   list of {tier, finestStep, delaySeconds}, a tier without an entry sees nothing. By dataset.
-- Plan: the datasets are few; dataset_view_pkey.
SELECT d.id AS dataset, d.city_id AS city, d.kind, p.statistic, p.step, d.is_synthetic AS "isSynthetic",
       coalesce((SELECT json_agg(json_build_object('tier', v.tier, 'finestStep', v.finest_step, 'delaySeconds', v.delay_seconds)
                                 ORDER BY v.tier)
                   FROM hub.dataset_view v WHERE v.dataset_id = d.id), '[]') AS "tierViews"
  FROM hub.dataset d
  LEFT JOIN LATERAL (SELECT statistic, step FROM hub.plan p WHERE p.dataset_id = d.id AND p.corrects IS NULL
                      ORDER BY p.version DESC LIMIT 1) p ON true
 ORDER BY d.id
