-- How does a licence stand in a month?
--   $1 uuid licence · $2 date first day of the month
-- Columns: used, quota (of the licence, with what was carried over), then (the limit when it was last used, null before
-- its first use), timeZone, dataset.
-- Plan: primary keys (meter.standing).
SELECT s.used, s.quota + s.carried AS quota, t.quota AS "then", s.time_zone AS "timeZone", s.dataset
  FROM meter.standing($1, $2) s LEFT JOIN meter.tally t ON t.licence = $1 AND t.month = $2
