-- A day's end is noted with the time at which its transaction began: one that was on its way while the log was emptied
-- is emptied with the next.
SET lock_timeout = '5s';

CREATE OR REPLACE FUNCTION edge.forget_log() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
BEGIN
  IF NOT EXISTS (SELECT FROM edge.population_day d, edge.log_forgotten f WHERE d.key_destroyed_at >= f.at) THEN
    RETURN false;
  END IF;
  UPDATE edge.log_forgotten SET at = v_now - interval '10 seconds';
  PERFORM pg_switch_wal();
  EXECUTE 'CHECKPOINT';
  RETURN true;
END $$;
