-- How did the market decide since this day? Whole numbers, of everybody together.
--   $1 timestamptz since
-- Columns: dataset (null: all), requests, granted, refused, lapsed, withdrawn, medianDays from request to decision (null: none).
-- Plan: licences of a year, once.
WITH made AS (
  SELECT l.dataset, l.state, l.created_at, l.decided_at,
         EXISTS (SELECT FROM market.licence_event e WHERE e.licence = l.id AND e.to_state = 'APPROVED') AS granted,
         EXISTS (SELECT FROM market.licence_event e WHERE e.licence = l.id AND e.action = 'REFUSE') AS refused
    FROM market.licence l
   WHERE l.created_at >= $1::timestamptz)
SELECT dataset, count(*) AS requests, count(*) FILTER (WHERE granted) AS granted,
       count(*) FILTER (WHERE refused AND NOT granted) AS refused, count(*) FILTER (WHERE state = 'LAPSED') AS lapsed,
       count(*) FILTER (WHERE state = 'WITHDRAWN') AS withdrawn,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - created_at))
              FILTER (WHERE decided_at IS NOT NULL) / 86400)::numeric, 1)::float8 AS "medianDays"
  FROM made
 GROUP BY GROUPING SETS ((), (dataset))
 ORDER BY dataset NULLS FIRST
