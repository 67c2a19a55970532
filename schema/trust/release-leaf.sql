-- Which leaf tells of a published release?
--   $1 uuid slot
-- Columns: the leaf's number within the hub; no row while it is not published.
-- Plan: release_pkey.
SELECT log_index AS leaf FROM open.published_release WHERE slot = $1::uuid
