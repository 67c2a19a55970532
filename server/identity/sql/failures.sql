-- For how long an account or an address has to wait.
--   $1 bytea[] keys
-- Columns: seconds (0: not at all)
SELECT coalesce(ceil(greatest(0, max(extract(epoch FROM blocked_until - now())))), 0)::int AS seconds
  FROM identity.failure WHERE key = ANY ($1)
