-- The draws that stand already.
--   $1 uuid[] slots
--   columns: slot, cells, values, silent as array text, the way open.commit_slot takes them
SELECT slot, cells::text, values::text, silent::text FROM edge.draw WHERE slot = ANY ($1::uuid[])
