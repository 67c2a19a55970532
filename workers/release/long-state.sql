-- What the edge database says of a window longer than a day.
--   $1 population  $2 plan  $3 first day  $4 last day
--   columns: one row: now (epoch ms), reported (sealed days of the plan, text[]), open (days of the population)
SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now,
       (SELECT coalesce(array_agg(day::text), '{}') FROM edge.day_report WHERE plan = $2 AND day BETWEEN $3 AND $4) AS reported,
       (SELECT count(*) FROM edge.population_day
         WHERE population = $1 AND day BETWEEN $3 AND $4 AND state = 'OPEN') AS open
