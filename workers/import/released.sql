-- Windows released, by plan.
--   $1 plans, $2 from, $3 to: windows that overlap [from, to)
SELECT plan, count(*) AS windows
  FROM open.release WHERE plan = ANY ($1) AND window_start < $3 AND window_end > $2 GROUP BY plan
