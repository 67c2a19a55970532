-- What a sealed day leaves behind, and the end of everything else of it. The day is locked and its bound is applied.
--   $1 population  $2 day  $3 integer[] its plans  $4 integer[] those of them with windows longer than a day
--   $5 timestamptz when it is sealed
-- Writes the counts without pseudonyms that longer windows sum, and the report of each plan; deletes contributions,
-- bounded rows and counters; the day is SEALED.
WITH came AS (
  DELETE FROM edge.contribution WHERE day = $2::date AND plan = ANY ($3::integer[]) RETURNING plan
), kept AS (
  DELETE FROM edge.bounded WHERE day = $2::date AND plan = ANY ($3::integer[]) RETURNING plan, window_start, cell
), counted AS (
  DELETE FROM edge.counter WHERE day = $2::date AND plan = ANY ($3::integer[]) RETURNING plan, window_start, cell, value
), day_counts AS (
  INSERT INTO edge.day_count (plan, window_start, day, cell, count)
    SELECT plan, window_start, $2::date, cell, sum(n)
      FROM (SELECT plan, window_start, cell, 1 AS n FROM kept
            UNION ALL SELECT plan, window_start, cell, value FROM counted) AS one
     WHERE plan = ANY ($4::integer[])
     GROUP BY plan, window_start, cell HAVING sum(n) > 0
), reports AS (
  INSERT INTO edge.day_report (plan, day, contributions, bounded_away)
    SELECT p.plan, $2::date, coalesce(c.n, 0) + coalesce(v.n, 0), coalesce(c.n, 0) - coalesce(k.n, 0)
      FROM unnest($3::integer[]) AS p (plan)
      LEFT JOIN (SELECT plan, count(*) AS n FROM came GROUP BY plan) c ON c.plan = p.plan
      LEFT JOIN (SELECT plan, count(*) AS n FROM kept GROUP BY plan) k ON k.plan = p.plan
      LEFT JOIN (SELECT plan, count(*) AS n FROM counted GROUP BY plan) v ON v.plan = p.plan
)
UPDATE edge.population_day SET state = 'SEALED', sealed_at = $5::timestamptz WHERE population = $1 AND day = $2::date
