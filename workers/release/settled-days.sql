-- How many windows of each plan and day are released or given up, and which windows longer than a day.
--   columns: plan, day (its first), settled
SELECT plan, first_day AS day, count(*) AS settled FROM ledger.slot WHERE state <> 'RESERVED' GROUP BY plan, first_day
