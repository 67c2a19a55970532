-- Shares the lock on population-days: a freeze or a seal waits until we are done, and we for it.
-- Parameters: $1 integer[] population, $2 date[] day (in parallel). Columns: population, day, state.
SELECT population, day, state FROM edge.population_day
 WHERE (population, day) IN (SELECT * FROM unnest($1::integer[], $2::date[]))
 ORDER BY population, day FOR SHARE
