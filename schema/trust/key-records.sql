-- Which records has a keyring signed, newest first?
--   $1 text keyring, or null: the one that was heard last · $2 integer population, $3 date day of a destruction, or null
--   $4 bigint after, $5 bigint before this number (null: open) · $6 boolean from the end · $7 integer how many
-- Columns: the fields that are signed (core/privacy/key-record.ts), at in epoch ms, the population's slug where it is known.
-- Plan: key_record_number; key_record_day when a day is asked for.
SELECT k.keyring, k.number::integer AS number, extract(epoch FROM k.at)::bigint * 1000 AS at, k.kind, k.population,
       p.slug, k.day, k.confirmed, k.expired, k.public_key AS "publicKey", k.previous, k.signature
  FROM open.published_key_record k
  LEFT JOIN hub.population p ON p.number = k.population
 WHERE ($2::integer IS NULL OR (k.kind = 'KEY_DESTROYED' AND k.population = $2 AND k.day = $3::text))
   AND ($2::integer IS NOT NULL OR k.keyring = coalesce($1, (
         SELECT l.keyring FROM open.published_key_record l WHERE l.kind = 'SIGNING_KEY' ORDER BY l.at DESC LIMIT 1)))
   AND ($4::bigint IS NULL OR k.number < $4) AND ($5::bigint IS NULL OR k.number > $5)
 ORDER BY CASE WHEN $6::boolean THEN k.number END, k.number DESC
 LIMIT $7
