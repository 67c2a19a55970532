-- How much of a licence's month is used?
--   $1 uuid licence · $2 date first day of the month
-- Columns: used, carried (units that an earlier month left over). No row: nothing was used yet.
-- Plan: tally_pkey.
SELECT t.used, 0::bigint AS carried FROM meter.tally t WHERE t.licence = $1 AND t.month = $2
