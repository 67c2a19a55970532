-- How many windows within a day are released or given up.
--   $1 integer[] plans  $2 day
--   columns: settled. Index slot_plan_day.
SELECT count(*) AS settled FROM ledger.slot
 WHERE plan = ANY ($1::integer[]) AND first_day = $2::date AND last_day = $2::date AND state <> 'RESERVED'
