-- Which of some population-days stand, open or sealed?
-- Parameters, in parallel: $1 integer[] population, $2 date[] day. Columns: population, day.
SELECT population, day FROM edge.population_day
 WHERE (population, day) IN (SELECT * FROM unnest($1::integer[], $2::date[]))
