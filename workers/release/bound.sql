-- Assigns what counts (rule P3): windows in time order, within a window cells in order, at most L for each pseudonym and
-- part of the day; what earlier freezes assigned is used up. core/privacy/bound.ts is the reference.
--   $1 day  $2 integer[] plans  $3 smallint[] L  $4 timestamptz[] first window start (from where it is frozen)
--   $5 timestamptz[] end of the last window
--   $6 integer[] plans, one entry a part of the day  $7 smallint[] stratum  $8 integer[] L of that part
--   $9 integer[] L of the parts before it: its slots go on from there, so that slot_once and within_bound hold the day
--   columns: plan, window_start (epoch ms), cells, counts: JSON lists; windows without a contribution are absent
-- Plan: two or three chunks at most, as only open days have rows. What a unit used is looked up once for its first row, in
--   slot_once: a join with a summary of edge.bounded took minutes where nobody had analysed the day's chunk yet. The order of
--   the insert makes all look-ups come first: where the chunk is small they scan it, and must not meet what this inserts.
WITH asked AS (
  SELECT * FROM unnest($2::integer[], $3::smallint[], $4::timestamptz[], $5::timestamptz[]) AS a (plan, bound, first, until)
), part AS (
  SELECT * FROM unnest($6::integer[], $7::smallint[], $8::integer[], $9::integer[]) AS p (plan, stratum, slots, earlier)
), ranked AS (
  SELECT c.plan, c.pseudonym, c.stratum, c.cell, c.window_start, a.bound, p.earlier, p.earlier + p.slots AS last,
         row_number() OVER (PARTITION BY c.plan, c.pseudonym, c.stratum ORDER BY c.window_start, c.cell) AS nth
    FROM asked a
    JOIN edge.contribution c
      ON c.day = $1::date AND c.plan = a.plan AND c.window_start >= a.first AND c.window_start < a.until
    JOIN part p ON p.plan = c.plan AND p.stratum = c.stratum
), known AS (
  SELECT r.*, CASE WHEN nth = 1 THEN (
           SELECT max(b.slot) FROM edge.bounded b
            WHERE b.day = $1::date AND b.plan = r.plan AND b.pseudonym = r.pseudonym
              AND b.slot > r.earlier AND b.slot <= r.last) END AS used
    FROM ranked r
), slotted AS (
  SELECT k.*, nth + coalesce(max(used) OVER (PARTITION BY plan, pseudonym, stratum), earlier) AS slot FROM known k
), placed AS (
  INSERT INTO edge.bounded (day, plan, pseudonym, stratum, slot, bound, cell, window_start)
    SELECT $1::date, plan, pseudonym, stratum, slot, bound, cell, window_start FROM slotted WHERE slot <= last
     ORDER BY window_start, cell, plan
  RETURNING plan, window_start, cell
), counted AS (
  SELECT plan, window_start, cell, count(*) AS n FROM placed GROUP BY plan, window_start, cell
)
SELECT plan, floor(extract(epoch FROM window_start) * 1000)::bigint AS window_start,
       json_agg(cell) AS cells, json_agg(n) AS counts
  FROM counted GROUP BY plan, window_start
