-- What does an export say of its dataset?
--   $1 text dataset
-- Columns: title, kind, tier, licence, attribution, synthetic; the newest plan's unit, step and half width (null for facts);
--   newest log index or publication: what an entity tag is made of.
-- Plan: dataset_pkey; its releases by release_plan_window_start_key.
SELECT d.id AS slug, d.title_ko AS "titleKo", d.title_en AS "titleEn", d.kind, d.tier, d.licence_name AS "licenceName",
       d.licence_url AS "licenceUrl", d.attribution, d.is_synthetic AS "isSynthetic",
       p.step, p.half_width_95 AS "halfWidth95", p.threshold, p.cells,
       coalesce(
         (SELECT max(r.log_index) FROM open.published_release r WHERE r.dataset = d.id)::text,
         (SELECT max(e.published_at) FROM open.published_event e WHERE d.kind = 'EVENTS' AND e.dataset = d.id)::text,
         (SELECT max(a.at) FROM open.published_availability a WHERE d.kind = 'AVAILABILITY' AND a.dataset = d.id)::text,
         '') AS newest
  FROM hub.dataset d
  LEFT JOIN LATERAL (
    SELECT p.*, (SELECT count(*) FROM hub.partition q WHERE q.plan_number = p.number) AS cells
      FROM hub.plan p WHERE p.dataset_id = d.id AND p.corrects IS NULL ORDER BY p.version DESC LIMIT 1) p ON true
 WHERE d.id = $1
