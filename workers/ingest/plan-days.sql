-- Which windows each plan takes of days that are locked: from where it is frozen, a correction only to the end of its outage.
-- Parameters: $1 integer[] population, $2 date[] day (in parallel). Columns: plan, day, frozen_until, takes_until (null: all).
SELECT plan, day, frozen_until, takes_until FROM edge.plan_day
 WHERE (population, day) IN (SELECT * FROM unnest($1::integer[], $2::date[]))
