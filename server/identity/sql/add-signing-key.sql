-- Publishes a new signing key. Of several processes that find the set old at once, one adds a key.
--   $1 text kid, $2 text algorithm, $3 bytea sealed key, $4 integer seconds until it signs, $5 float8 seconds that the
--   newest key must be older than (null: whatever is there)
WITH one_at_a_time AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtext('identity.signing_key')))
INSERT INTO identity.signing_key (kid, algorithm, private_key, signs_from)
SELECT $1, $2, $3, now() + make_interval(secs => $4) FROM one_at_a_time
 WHERE $5::float8 IS NULL
    OR NOT EXISTS (SELECT FROM identity.signing_key WHERE signs_from > now() - make_interval(secs => $5::float8))
