-- The batches of some tickets, with their payloads where they can be worked on.
-- Parameters: $1 uuid[] batches.
-- Columns: id, population, feed, device, key_day, backfill, ends_day, received_at, day_state (of its population and key
--   day: OPEN, SEALED or null), enc and sealed (null where the payload is gone). Only PENDING ones, oldest first.
SELECT b.id, b.population, b.feed, b.device, b.key_day, b.backfill, b.ends_day, b.received_at, d.state AS day_state,
       i.enc, i.sealed
  FROM edge.batch b
  LEFT JOIN edge.population_day d ON d.population = b.population AND d.day = b.key_day
  LEFT JOIN edge.inbox i ON i.batch = b.id AND i.received_at = b.received_at
 WHERE b.id = ANY ($1::uuid[]) AND b.state = 'PENDING'
 ORDER BY b.received_at, b.id
