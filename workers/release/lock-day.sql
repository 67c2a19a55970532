-- Keeps everybody else from a population-day until the transaction ends: ingest shares this lock.
--   $1 population  $2 day
--   columns: state, ended_at (epoch ms or null); no row where the day was never opened
SELECT state, floor(extract(epoch FROM ended_at) * 1000)::bigint AS ended_at
  FROM edge.population_day WHERE population = $1 AND day = $2 FOR UPDATE
