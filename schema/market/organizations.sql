-- Which organizations are there?
--   $1 text[] ids, or null · $2 text slug, or null
--   $3 text after this slug · $4 text before this slug (null: open) · $5 boolean from the end · $6 integer how many, null for all
-- Columns: id, slug, name, url.
-- Plan: organization_pkey or organization_slug_key.
SELECT o.id, o.slug, json_build_object('ko', o.name_ko, 'en', o.name_en) AS name, o.url
  FROM hub.organization o
 WHERE ($1::uuid[] IS NULL OR o.id = ANY ($1))
   AND ($2::text IS NULL OR o.slug = $2)
   AND ($3::text IS NULL OR o.slug > $3)
   AND ($4::text IS NULL OR o.slug < $4)
 ORDER BY CASE WHEN $5::boolean THEN o.slug END DESC, o.slug
 LIMIT $6
