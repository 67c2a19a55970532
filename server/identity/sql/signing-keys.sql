-- The provider's signing keys: the one that signs first, then those that verify, the newest first.
-- Columns: kid, algorithm, private_key (sealed), age (seconds since it signs, negative when it does not yet).
SELECT kid, algorithm, private_key, extract(epoch FROM now() - signs_from)::float8 AS age
  FROM identity.signing_key ORDER BY (signs_from <= now()) DESC, signs_from DESC, kid
