-- Which entries does a bundle hold?
--   $1 bigint first, $2 bigint end of their places, half-open
-- Columns: the bytes of each entry, in order.
-- Plan: log_entry_pkey.
SELECT entry FROM open.published_entry WHERE position >= $1::bigint AND position < $2::bigint ORDER BY position
