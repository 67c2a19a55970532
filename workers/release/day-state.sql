-- A population-day as the closing rule sees it, by this database's clock.
--   $1 population  $2 day
--   columns: one row: now (epoch ms); state, ended_at (epoch ms), key_destroyed, backfill (that opened it), null where the day is not open yet;
--   plans: frozen_until (epoch ms or null) by plan number;
--   waiting_since: when the oldest unprocessed batch that may touch the day was received (epoch ms), null: none.
--   A backfill batch holds events of its day alone; a segment over midnight reaches into the next day;
--   backfill_waits: a backfill batch of this day, backfill_near: of this day or the one before, is unprocessed;
--   earlier_days: days before this one that are not open yet and have backfill batches waiting, text[]
WITH waiting AS (
  SELECT key_day, backfill, received_at FROM edge.batch
   WHERE population = $1 AND state = 'PENDING' AND (backfill IS NULL OR key_day IN ($2::date, $2::date - 1))
)
SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now,
       d.state, floor(extract(epoch FROM d.ended_at) * 1000)::bigint AS ended_at, d.key_destroyed_at IS NOT NULL AS key_destroyed, d.backfill,
       (SELECT json_object_agg(p.plan, floor(extract(epoch FROM p.frozen_until) * 1000))
          FROM edge.plan_day p WHERE p.population = $1 AND p.day = $2) AS plans,
       (SELECT floor(extract(epoch FROM min(received_at)) * 1000)::bigint FROM waiting) AS waiting_since,
       EXISTS (SELECT FROM waiting WHERE backfill IS NOT NULL AND key_day = $2) AS backfill_waits,
       EXISTS (SELECT FROM waiting WHERE backfill IS NOT NULL) AS backfill_near,
       CASE WHEN d.state IS NULL THEN
         (SELECT array_agg(DISTINCT b.key_day::text) FROM edge.batch b
           WHERE b.population = $1 AND b.state = 'PENDING' AND b.backfill IS NOT NULL AND b.key_day < $2
             AND NOT EXISTS (SELECT FROM edge.population_day o WHERE o.population = $1 AND o.day = b.key_day))
       END AS earlier_days
  FROM (SELECT) one LEFT JOIN edge.population_day d ON d.population = $1 AND d.day = $2
