-- Which zones are asked for?
--   $1 text[] zone keys, or null · $2 text city, or null · $3 text[] kinds, or null for all
--   $4 text[] slugs, or null · $5 text[] parents' keys, or null · $6 text dataset whose newest plan has them as places, or null
--   $7 text after this key · $8 text before this key (null: open) · $9 boolean from the end · $10 integer how many, null for all
-- Columns: key, slug, kind, name, city, geometry, centre, area in m², h3, parent's key, collection basis.
-- Plan: zone_pkey or zone_city_id_slug_key.
SELECT z.id AS key, z.slug, z.kind, json_build_object('ko', z.name_ko, 'en', z.name_en) AS name, z.city_id AS city,
       z.geometry, ARRAY[z.longitude, z.latitude] AS centre, z.area_m2 AS area, z.h3, z.parent_id AS parent,
       z.collection_basis AS basis
  FROM hub.zone z
 WHERE ($1::text[] IS NULL OR z.id = ANY ($1))
   AND ($2::text IS NULL OR z.city_id = $2)
   AND ($3::text[] IS NULL OR z.kind::text = ANY ($3))
   AND ($4::text[] IS NULL OR z.slug = ANY ($4))
   AND ($5::text[] IS NULL OR z.parent_id = ANY ($5))
   AND ($6::text IS NULL OR EXISTS (
         SELECT FROM hub.partition q
          WHERE q.zone_id = z.id AND q.plan_number = (
            SELECT number FROM hub.plan WHERE dataset_id = $6 AND corrects IS NULL ORDER BY version DESC LIMIT 1))
       OR EXISTS (SELECT FROM open.published_availability a WHERE a.dataset = $6 AND a.zone = z.id))
   AND ($7::text IS NULL OR z.id > $7)
   AND ($8::text IS NULL OR z.id < $8)
 ORDER BY CASE WHEN $9::boolean THEN z.id END DESC, z.id
 LIMIT $10
