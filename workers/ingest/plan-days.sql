-- Up to where the windows of each plan are frozen, on days that are locked.
-- Parameters: $1 integer[] population, $2 date[] day (in parallel). Columns: plan, day, frozen_until.
SELECT plan, day, frozen_until FROM edge.plan_day
 WHERE (population, day) IN (SELECT * FROM unnest($1::integer[], $2::date[]))
