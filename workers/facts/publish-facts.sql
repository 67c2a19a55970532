-- Publishes facts in order, all in one transaction; what stands already stays as it is.
--   $1 text[] classes  $2 text[] facts (JSON)  $3 seconds of the schedule
--   raises MD005 and errors of constraints; then none is published
SELECT open.publish_fact(f.class, f.fact::jsonb, $3)
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS f (class, fact, position) ORDER BY position
