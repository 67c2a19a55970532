-- Step C: copies drawn vectors, all in one transaction.
--   $1 uuid[] slots  $2 text[] cells  $3 text[] values  $4 text[] silent (each text is one array)
--   raises MD001 … MD004 of open.commit_slot; then none is copied
SELECT open.commit_slot(v.slot, v.cells::bigint[], v.values::integer[], v.silent::boolean[])
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS v (slot, cells, values, silent)
