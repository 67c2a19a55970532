-- Notes backfill days of which a signed end marker and all backfill batches are processed. Asked after the transaction
-- that processed a batch: of two workers that end the last two, the later one sees both. Two declarations may cover a
-- day (a corrected file, say): the marker of either ends it, or a file that was left half done would hold the day for ever.
-- Parameters: $1 integer population or null for all, $2 date day or null for all. Columns: population, day.
UPDATE edge.population_day d SET ended_at = clock_timestamp()
 WHERE d.state = 'OPEN' AND d.ended_at IS NULL AND d.backfill IS NOT NULL
   AND ($1::integer IS NULL OR d.population = $1) AND ($2::date IS NULL OR d.day = $2)
   AND EXISTS (SELECT FROM edge.batch b
                WHERE b.backfill IS NOT NULL AND b.key_day = d.day AND b.population = d.population AND b.ends_day)
   AND NOT EXISTS (SELECT FROM edge.batch b
                    WHERE b.backfill IS NOT NULL AND b.key_day = d.day AND b.population = d.population
                      AND b.state = 'PENDING')
RETURNING d.population, d.day
