-- Which releases stand behind the windows of a series? Of a window the newest version counts, but for corrections that were given up.
--   $1 integer[] plans of the dataset
--   $2 bigint first window start, $3 bigint end of the last window: epoch ms, half-open
-- Answers one row: versions among them and those of corrections, ascending; how many, the ids of the first 100, the places in the log of the first and the last of them (null until signed), the newest publication (epoch ms),
--   and the threshold versions that levels were judged by.
-- Plan: release_plan_window_start_key.
WITH behind AS (
  SELECT DISTINCT ON (r.window_start) r.*, p.corrects IS NOT NULL AS corrects
    FROM open.published_release r JOIN hub.plan p ON p.number = r.plan
   WHERE r.plan = ANY ($1) AND NOT (r.abandoned AND p.corrects IS NOT NULL)
     AND r.window_start >= to_timestamp($2::bigint / 1000) AND r.window_start < to_timestamp($3::bigint / 1000)
   ORDER BY r.window_start, r.version DESC
)
SELECT count(*) AS releases,
       (SELECT position FROM open.published_entry WHERE leaf_index = min(behind.log_index)) AS "firstLogIndex",
       (SELECT position FROM open.published_entry WHERE leaf_index = max(behind.log_index)) AS "lastLogIndex",
       (extract(epoch FROM max(published_at)) * 1000)::bigint AS "publishedAt", max(threshold_version) AS "thresholdsVersion",
       ARRAY(SELECT DISTINCT version FROM behind WHERE corrects ORDER BY version) AS corrections,
       ARRAY(SELECT DISTINCT version FROM behind ORDER BY version) AS versions,
       ARRAY(SELECT slot FROM behind ORDER BY window_start, version LIMIT 100) AS slots
  FROM behind
