-- Opens a day of a population for contributions: the debits of these plans stand in the hub. Repeating it adds nothing.
--   $1 population  $2 day  $3 backfill uuid or null  $4 integer[] plans
--   raises MD020 while two other days of the population are open
-- Shares the lock under which edge.drop_day looks whether anybody has the day open: without it, a day that another
-- population has just sealed could be dropped with the first rows of this one.
WITH undropped AS MATERIALIZED (
  SELECT pg_advisory_xact_lock_shared(7302, 0)
), opened AS (
  INSERT INTO edge.population_day (population, day, backfill) SELECT $1::integer, $2::date, $3::uuid FROM undropped
  ON CONFLICT DO NOTHING RETURNING population, day
)
INSERT INTO edge.plan_day (plan, day, population)
  SELECT plan, day, population FROM opened, unnest($4::integer[]) AS plan ORDER BY plan
ON CONFLICT DO NOTHING
