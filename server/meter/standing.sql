-- How much of a licence's month is used, and what was carried over into it?
--   $1 uuid licence · $2 date first day of the month
-- Columns: used, carried (units). Always one row.
-- Plan: primary keys (meter.standing).
SELECT used, carried FROM meter.standing($1, $2)
