-- The counts of a window longer than a day, summed over its sealed days, and when the last marker of a backfill was
-- processed on one of them.
--   $1 population  $2 plan  $3 timestamptz window start  $4 first day  $5 last day
--   columns: one row: cells, counts (JSON lists in one order), ended_at (epoch ms, null: none),
--   kept: how many contributions the reports of those days say were counted
SELECT coalesce(json_agg(c.cell), '[]') AS cells, coalesce(json_agg(c.n), '[]') AS counts,
       (SELECT floor(extract(epoch FROM max(d.ended_at)) * 1000)::bigint
          FROM edge.population_day d WHERE d.population = $1 AND d.day BETWEEN $4 AND $5) AS ended_at,
       (SELECT coalesce(sum(r.contributions - r.bounded_away), 0)
          FROM edge.day_report r WHERE r.plan = $2 AND r.day BETWEEN $4 AND $5) AS kept
  FROM (SELECT cell, sum(count) AS n FROM edge.day_count WHERE plan = $2 AND window_start = $3 GROUP BY cell) AS c
