-- Batches are done, or refused as a whole. Parameters, in parallel: $1 uuid[] id, $2 text[] state, $3 text[] reason or
--   null, $4 integer[] accepted, $5 integer[] rejected, $6 integer[] repeated. Only PENDING ones change.
UPDATE edge.batch b
   SET state = u.state, reason = u.reason, accepted = u.accepted, rejected = u.rejected, repeated = u.repeated
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::integer[], $6::integer[])
       AS u (id, state, reason, accepted, rejected, repeated)
 WHERE b.id = u.id AND b.state = 'PENDING'
