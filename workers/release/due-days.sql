-- The population-days to look at: open ones, sealed ones whose key still stands, and days that batches wait for.
--   columns: population, day, in order of day; now (epoch ms)
SELECT population, day FROM edge.population_day WHERE state = 'OPEN'
UNION SELECT population, day FROM edge.population_day WHERE state = 'SEALED' AND key_destroyed_at IS NULL
UNION SELECT population, key_day FROM edge.batch b
       WHERE state = 'PENDING' AND backfill IS NOT NULL
         AND NOT EXISTS (SELECT FROM edge.population_day d WHERE d.population = b.population AND d.day = b.key_day)
ORDER BY day
