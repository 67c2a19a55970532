-- How many datasets does a search find, by domain, city and tier?
--   $1 text words · $2 text domain · $3 text city · $4 text tier · $5 text provider's slug (null: any)
-- Columns: total with all filters; each facet counts with all filters but its own, as [{key, count}].
-- Plan: the catalogue is small: one scan.
WITH found AS (
  SELECT d.domain::text AS domain, d.city_id AS city, d.tier::text AS tier
    FROM hub.dataset d
    JOIN hub.organization o ON o.id = d.organization_id
   WHERE ($1::text IS NULL OR concat_ws(' ', d.id, d.title_ko, d.title_en, d.description_ko, d.description_en, array_to_string(d.keywords, ' '))
          ILIKE ALL (SELECT '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
                       FROM regexp_split_to_table(trim($1), '\s+') AS word))
     AND ($5::text IS NULL OR o.slug = $5)
)
SELECT count(*) FILTER (WHERE ($2::text IS NULL OR domain = $2) AND ($3::text IS NULL OR city = $3) AND ($4::text IS NULL OR tier = $4)) AS total,
       coalesce((SELECT json_agg(json_build_object('key', domain, 'count', n) ORDER BY domain)
          FROM (SELECT domain, count(*) AS n FROM found WHERE ($3::text IS NULL OR city = $3) AND ($4::text IS NULL OR tier = $4) GROUP BY 1) f), '[]') AS domain,
       coalesce((SELECT json_agg(json_build_object('key', city, 'count', n) ORDER BY city)
          FROM (SELECT city, count(*) AS n FROM found WHERE ($2::text IS NULL OR domain = $2) AND ($4::text IS NULL OR tier = $4) GROUP BY 1) f), '[]') AS city,
       coalesce((SELECT json_agg(json_build_object('key', tier, 'count', n) ORDER BY tier)
          FROM (SELECT tier, count(*) AS n FROM found WHERE ($2::text IS NULL OR domain = $2) AND ($3::text IS NULL OR city = $3) GROUP BY 1) f), '[]') AS tier
  FROM found
