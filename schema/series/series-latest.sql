-- What does the newest released window of a dataset say at each place?
--   $1 text dataset · $2 bigint after this cell · $3 bigint before this cell (null: open)
--   $4 boolean from the end · $5 integer how many
-- Columns: window (epoch ms), cell, zone id and slug, category, value (signed), half width, withheld.
-- Plan: release_plan_window_start_key backwards for the window, observation_window for its cells.
SELECT z.slug, extract(epoch FROM r.window_start)::bigint * 1000 AS "from", extract(epoch FROM r.window_end)::bigint * 1000 AS "to",
       q.cell, q.zone_id AS zone, q.category, o.value, p.half_width_95 AS width, o.withheld
  FROM hub.dataset d
  JOIN LATERAL (
    SELECT l.plan, l.window_start, l.window_end
      FROM hub.plan lp
      JOIN LATERAL (SELECT r.plan, r.window_start, r.window_end, r.version FROM open.published_release r
             WHERE r.plan = lp.number AND NOT (r.abandoned AND lp.corrects IS NOT NULL)
             ORDER BY r.window_start DESC LIMIT 1) l ON true
     WHERE lp.dataset_id = d.id
     ORDER BY l.window_start DESC, l.version DESC LIMIT 1) r ON true
  JOIN hub.plan p ON p.number = r.plan
  JOIN hub.partition q ON q.plan_number = p.number
  JOIN hub.zone z ON z.id = q.zone_id
  JOIN open.published_observation o ON o.plan = p.number AND o.cell = q.cell AND o.window_start = r.window_start
 WHERE d.id = $1 AND p.threshold IS NULL
   AND ($2::bigint IS NULL OR q.cell > $2) AND ($3::bigint IS NULL OR q.cell < $3)
 ORDER BY CASE WHEN $4::boolean THEN -q.cell ELSE q.cell END
 LIMIT $5
