-- The population of a slug with its plans.
--   $1 population slug
SELECT p.number AS population, q.number AS plan, q.dataset_id AS dataset, q.step
  FROM hub.population p JOIN hub.plan q ON q.population_number = p.number
 WHERE p.slug = $1 AND q.corrects IS NULL ORDER BY q.number
