-- Debits plans on days. The amounts come from the plans; the same debit twice is one debit (ledger.take_debit).
--   $1 integer[] plans  $2 date[] days
INSERT INTO ledger.debit (plan, day)
  SELECT plan, day FROM unnest($2::date[]) AS day, unnest($1::integer[]) AS plan ORDER BY day, plan
