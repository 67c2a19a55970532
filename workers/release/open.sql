-- Opens a day of a population for contributions: the debits of these plans stand in the hub. Repeating it adds nothing.
--   $1 population  $2 day  $3 backfill uuid or null  $4 integer[] plans
--   raises MD020 while two other days of the population are open
WITH opened AS (
  INSERT INTO edge.population_day (population, day, backfill) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING RETURNING population, day
)
INSERT INTO edge.plan_day (plan, day, population)
  SELECT plan, day, population FROM opened, unnest($4::integer[]) AS plan ORDER BY plan
ON CONFLICT DO NOTHING
