-- Which offers are there, by dataset, tier and version?
--   $1 uuid[] ids, or null · $2 text[] datasets, or null · $3 uuid[] providers, or null · $4 text tier, or null
--   $5 boolean the newest version of each dataset and tier alone
--   $6 text after this key · $7 text before it (dataset/tier, null: open) · $8 boolean from the end · $9 integer how many, null for all
-- Columns: of hub.offer with the dataset's provider and time zone; whether it is the newest; the finest step and delay of its tier.
-- Plan: offer_dataset_id_tier_version_key; a few rows a dataset.
SELECT f.id, f.dataset_id AS dataset, d.organization_id AS organization, f.tier, f.version, n.version = f.version AS "isCurrent",
       json_build_object('ko', f.name_ko, 'en', f.name_en) AS name,
       json_build_object('ko', f.text_ko, 'en', f.text_en) AS text, f.terms, f.price_model AS "priceModel", f.price, f.currency,
       f.unit_price_micro AS "unitPriceMicro", f.free_quota AS "freeQuota", f.monthly_cap AS "monthlyCap",
       f.carry_over AS "carryOver", f.purposes, f.quota_monthly AS "quotaMonthly", f.notice_days AS "noticeDays",
       f.price_notice_days AS "priceNoticeDays", f.decision_days AS "decisionDays", v.finest_step AS "finestStep",
       coalesce(v.delay_seconds, 0) AS "delaySeconds",
       c.time_zone AS "timeZone"
  FROM hub.offer f
  JOIN hub.dataset d ON d.id = f.dataset_id
  JOIN hub.city c ON c.id = d.city_id
  LEFT JOIN hub.dataset_view v ON v.dataset_id = f.dataset_id AND v.tier = f.tier
 CROSS JOIN LATERAL (SELECT max(o.version) AS version FROM hub.offer o WHERE o.dataset_id = f.dataset_id AND o.tier = f.tier) n
 WHERE ($1::uuid[] IS NULL OR f.id = ANY ($1))
   AND ($2::text[] IS NULL OR f.dataset_id = ANY ($2))
   AND ($3::uuid[] IS NULL OR d.organization_id = ANY ($3))
   AND ($4::text IS NULL OR f.tier::text = $4)
   AND (NOT $5::boolean OR f.version = n.version)
   AND ($6::text IS NULL OR f.dataset_id || '/' || f.tier::text > $6)
   AND ($7::text IS NULL OR f.dataset_id || '/' || f.tier::text < $7)
 ORDER BY CASE WHEN $8::boolean THEN f.dataset_id || '/' || f.tier::text END DESC, f.dataset_id || '/' || f.tier::text, f.version DESC
 LIMIT $9
