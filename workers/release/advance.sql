-- Says up to where plans are frozen: from now on earlier rows are late for them.
--   $1 day  $2 integer[] plans  $3 timestamptz[] end of the last frozen window
UPDATE edge.plan_day p SET frozen_until = a.until
  FROM unnest($2::integer[], $3::timestamptz[]) AS a (plan, until)
 WHERE p.day = $1::date AND p.plan = a.plan AND (p.frozen_until IS NULL OR p.frozen_until < a.until)
