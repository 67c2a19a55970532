-- Which offers stand for these datasets or providers: the newest version of each tier?
--   $1 text[] datasets, or null · $2 uuid[] providers, or null
-- Columns: id, dataset, provider, tier, version, name, terms (ODRL 2.2), price in minor units, currency.
-- Plan: offer_dataset_id_tier_version_key.
SELECT DISTINCT ON (f.dataset_id, f.tier)
       f.id, f.dataset_id AS dataset, d.organization_id AS organization, f.tier, f.version,
       json_build_object('ko', f.name_ko, 'en', f.name_en) AS name, f.terms, f.price, f.currency
  FROM hub.offer f
  JOIN hub.dataset d ON d.id = f.dataset_id
 WHERE ($1::text[] IS NULL OR f.dataset_id = ANY ($1))
   AND ($2::uuid[] IS NULL OR d.organization_id = ANY ($2))
 ORDER BY f.dataset_id, f.tier, f.version DESC
