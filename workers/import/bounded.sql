-- Contributions of sealed days by plan, and those that the bound L took away.
--   $1 plans, $2 first day, $3 last day
SELECT plan, sum(contributions) AS contributions, sum(bounded_away) AS bounded_away
  FROM edge.day_report WHERE plan = ANY ($1) AND day BETWEEN $2 AND $3 GROUP BY plan
