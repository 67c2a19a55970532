-- Refused readings, sealed one by one. Parameters, in parallel: $1 uuid[] batch, $2 integer[] reading, $3 date[] key day,
--   $4 integer[] population, $5 text[] reason, $6 text[] field or null, $7 bytea[] enc, $8 bytea[] sealed.
INSERT INTO edge.quarantine (batch, reading, key_day, population, reason, field, enc, sealed)
  SELECT * FROM unnest($1::uuid[], $2::integer[], $3::date[], $4::integer[], $5::text[], $6::text[], $7::bytea[],
                       $8::bytea[])
ON CONFLICT DO NOTHING
