-- Facts about things for the facts worker. Parameters, in parallel and sorted: $1 uuid[] id, $2 text[] class,
--   $3 text[] fact (JSON).
INSERT INTO edge.fact (id, class, fact)
  SELECT id, class, fact::jsonb FROM unnest($1::uuid[], $2::text[], $3::text[]) AS u (id, class, fact)
ON CONFLICT DO NOTHING
