-- Step B and D of a release (rule P2), and what a sealed day leaves behind.
SET lock_timeout = '5s';

-- The exact counts of a slot, from freeze to commit only.
CREATE TABLE edge.frozen (
  slot   uuid PRIMARY KEY,
  cells  bigint[] NOT NULL,
  counts integer[] NOT NULL CHECK (cardinality(counts) = cardinality(cells))
);

-- The one noise draw of a slot. Never updated; kept longer than the oldest hub backup that may be restored.
CREATE TABLE edge.draw (
  slot     uuid PRIMARY KEY,
  cells    bigint[] NOT NULL,
  values   integer[] NOT NULL CHECK (cardinality(values) = cardinality(cells)),
  silent   boolean[] NOT NULL CHECK (cardinality(silent) = cardinality(cells)),
  drawn_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX draw_age ON edge.draw (drawn_at);

-- Exact counts without pseudonyms that windows longer than a day still need; gone once their window is drawn.
CREATE TABLE edge.day_count (
  plan         integer NOT NULL,
  window_start timestamptz NOT NULL,
  day          date NOT NULL,
  cell         bigint NOT NULL,
  count        integer NOT NULL CHECK (count > 0),
  PRIMARY KEY (plan, window_start, day, cell)
);

-- Which days of a long window are in (coverage), written when a day is sealed.
CREATE TABLE edge.day_report (
  plan          integer NOT NULL,
  day           date NOT NULL,
  -- pairs of unit and cell that came, and that the bound took away; restricted role only (rule P12)
  contributions integer NOT NULL,
  bounded_away  integer NOT NULL,
  PRIMARY KEY (plan, day)
);

-- Drops the chunks of a day once no population has it open (rule P10: dropped by chunk, not deleted row by row).
--   answers how many chunks were dropped
CREATE FUNCTION edge.drop_day(p_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_dropped integer := 0;
  v_table text;
BEGIN
  PERFORM pg_advisory_xact_lock(7302, 0);
  IF EXISTS (SELECT FROM edge.population_day WHERE day = p_day AND state <> 'SEALED') THEN RETURN 0; END IF;
  FOREACH v_table IN ARRAY ARRAY['edge.contribution', 'edge.bounded', 'edge.counter'] LOOP
    v_dropped := v_dropped + (SELECT count(*) FROM drop_chunks(v_table::regclass, older_than => p_day + 1, newer_than => p_day));
  END LOOP;
  RETURN v_dropped;
END $$;

-- Retention: inbox hours whose batches are all processed, heartbeats after 20 days (a backfill reaches back), dedupe keys after the replay and
-- backfill horizon (30 days), quarantined rows after 7 days, drawn noise after 400 days, published facts after 2 days.
CREATE FUNCTION edge.drop_expired() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_dropped integer := 0;
  v_oldest timestamptz;
BEGIN
  SELECT coalesce(min(received_at), now()) INTO v_oldest FROM edge.batch WHERE state = 'PENDING';
  v_dropped := (SELECT count(*) FROM drop_chunks('edge.inbox', older_than => least(v_oldest, now() - interval '1 hour')));
  v_dropped := v_dropped + (SELECT count(*) FROM drop_chunks('edge.heartbeat', older_than => now() - interval '20 days'));
  DELETE FROM edge.sequence WHERE at < now() - interval '30 days';
  DELETE FROM edge.batch WHERE state <> 'PENDING' AND received_at < now() - interval '30 days';
  DELETE FROM edge.quarantine WHERE at < now() - interval '7 days';
  DELETE FROM edge.draw WHERE drawn_at < now() - interval '400 days';
  DELETE FROM edge.fact WHERE (published OR refused IS NOT NULL) AND received_at < now() - interval '2 days';
  RETURN v_dropped;
END $$;

-- Batches that wait longer than p_older_than: what the sweeper enqueues again.
CREATE FUNCTION edge.pending(p_older_than interval, p_limit integer) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT b.id FROM edge.batch b
   WHERE b.state = 'PENDING' AND b.received_at < clock_timestamp() - p_older_than
   ORDER BY b.received_at LIMIT p_limit
$$;
