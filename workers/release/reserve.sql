-- Step A: reserves slots, each with one debit a day of its window; the debits stand already.
--   $1 uuid[] ids  $2 integer[] plans  $3 timestamptz[] window starts  $4 timestamptz[] window ends
--   columns: id, state of every slot asked for, RESERVED where it is new. One statement: all or none.
WITH wanted AS (
  SELECT * FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::timestamptz[]) AS w (id, plan, window_start, window_end)
), made AS (
  INSERT INTO ledger.slot (id, plan, window_start, window_end)
    SELECT id, plan, window_start, window_end FROM wanted ORDER BY plan, window_start
  ON CONFLICT DO NOTHING
  RETURNING id, plan, first_day, last_day
), stood AS (
  INSERT INTO ledger.slot_debit (slot, plan, day)
    SELECT m.id, m.plan, m.first_day + n FROM made m, generate_series(0, m.last_day - m.first_day) AS n
)
SELECT w.id, coalesce(s.state::text, 'RESERVED') AS state
  FROM wanted w LEFT JOIN ledger.slot s ON s.id = w.id
