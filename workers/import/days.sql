-- Days of a population from a day on, as far as they were opened.
--   $1 population, $2 first day, $3 last day
--   day, backfill, state, and whether all of it is done (sealed and its key destroyed)
SELECT day, backfill, state, key_destroyed_at IS NOT NULL AS destroyed
  FROM edge.population_day
 WHERE population = $1 AND day BETWEEN $2 AND $3
