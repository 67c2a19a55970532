-- The first clock of rule P17: when what is in this database ends. docs/retention.md states it for every table, and a
-- test moves the time for each.
SET lock_timeout = '5s';

-- As before, and: reports on sealed days after 400 days, like the noise of the longest window (a year) that they serve.
CREATE OR REPLACE FUNCTION edge.drop_expired() RETURNS integer
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
  DELETE FROM edge.day_report WHERE day < (now() - interval '400 days')::date;
  DELETE FROM edge.fact WHERE (published OR refused IS NOT NULL) AND received_at < now() - interval '2 days';
  RETURN v_dropped;
END $$;

-- When the write-ahead log was last made to forget.
CREATE TABLE edge.log_forgotten (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  at     timestamptz NOT NULL
);
INSERT INTO edge.log_forgotten (at) VALUES ('-infinity');

-- Ends what the write-ahead log and the files of dropped chunks still hold of days whose keys were destroyed since the
-- last time: the current segment is closed, and a checkpoint unlinks the files and every older segment (wal_recycle is
-- off: segments are deleted, not renamed and kept).
--   answers whether there was anything to forget
CREATE FUNCTION edge.forget_log() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
BEGIN
  IF NOT EXISTS (SELECT FROM edge.population_day d, edge.log_forgotten f WHERE d.key_destroyed_at >= f.at) THEN
    RETURN false;
  END IF;
  UPDATE edge.log_forgotten SET at = v_now;
  PERFORM pg_switch_wal();
  EXECUTE 'CHECKPOINT';
  RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION edge.forget_log() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION edge.forget_log() TO madang_background;
