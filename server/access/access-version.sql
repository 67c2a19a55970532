-- Which version of all access holds, and is this the primary?
-- Columns: version (text); no row on a standby, whose answer may be old.
-- Plan: one row.
SELECT version::text FROM market.access_version WHERE id = 1 AND NOT pg_is_in_recovery()
