-- Every sealed population-day with the plans that took part in it: what a restored hub is compared with.
--   columns: population, day, plans integer[]
SELECT d.population, d.day, array_agg(p.plan ORDER BY p.plan) AS plans
  FROM edge.population_day d JOIN edge.plan_day p ON p.population = d.population AND p.day = d.day
 WHERE d.state = 'SEALED'
 GROUP BY d.population, d.day ORDER BY d.day
