-- Up to where the plans of a population-day are frozen. Asked after the day is locked, so that it is what stands now.
--   $1 population  $2 day
--   columns: plan, frozen_until (epoch ms or null)
SELECT plan, floor(extract(epoch FROM frozen_until) * 1000)::bigint AS frozen_until
  FROM edge.plan_day WHERE population = $1 AND day = $2
