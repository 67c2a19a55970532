-- Makes batches durable, all together: who used the sequence number, what is to be worked on, the sealed payload.
-- Parameters, one element a batch: $1 uuid[] batch, $2 text[] device, $3 bigint[] sequence, $4 bytea[] digest,
--   $5 integer[] population, $6 text[] feed, $7 date[] key day, $8 uuid[] backfill or null, $9 boolean[] ends day,
--   $10 integer[] readings, $11 bytea[] enc, $12 bytea[] sealed.
-- Columns: batch; received_at, null where it was not taken (the number is used, or the day is sealed); day_state of its
--   population-day: OPEN, SEALED or null.
-- Rows go in by (device, sequence), so that two of these never wait for each other in a circle.
WITH incoming AS MATERIALIZED (
  SELECT u.*, d.state AS day_state, (SELECT clock_timestamp()) AS at
    FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[], $5::integer[], $6::text[], $7::date[], $8::uuid[],
                $9::boolean[], $10::integer[], $11::bytea[], $12::bytea[])
         AS u (batch, device, sequence, digest, population, feed, key_day, backfill, ends_day, readings, enc, sealed)
    LEFT JOIN edge.population_day d ON d.population = u.population AND d.day = u.key_day
), fresh AS (
  INSERT INTO edge.sequence (device, sequence, batch, digest, at)
    SELECT device, sequence, batch, digest, at FROM incoming
     WHERE day_state IS DISTINCT FROM 'SEALED' ORDER BY device, sequence
    ON CONFLICT DO NOTHING
    RETURNING batch, at
), noted AS (
  INSERT INTO edge.batch (id, population, feed, device, key_day, backfill, ends_day, received_at, readings)
    SELECT i.batch, i.population, i.feed, i.device, i.key_day, i.backfill, i.ends_day, i.at, i.readings
      FROM incoming i JOIN fresh f USING (batch)
), stored AS (
  INSERT INTO edge.inbox (batch, received_at, enc, sealed)
    SELECT i.batch, i.at, i.enc, i.sealed FROM incoming i JOIN fresh f USING (batch)
)
SELECT i.batch, f.at AS received_at, i.day_state FROM incoming i LEFT JOIN fresh f USING (batch)
