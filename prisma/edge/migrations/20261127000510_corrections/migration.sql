-- A correction takes rows of a day beside the plan that it corrects (rule P8): of the windows of its outage alone, and from
-- its opening on as long as the day is open. It is frozen when the day is sealed, not as its windows end.
SET lock_timeout = '5s';

ALTER TABLE edge.plan_day
  ADD COLUMN corrects integer,
  -- windows that start at or after this instant are not the correction's; null: an ordinary plan, all are
  ADD COLUMN takes_until timestamptz,
  ADD CONSTRAINT plan_day_correction CHECK ((corrects IS NULL) = (takes_until IS NULL));

-- Opens a correction on an open day: its debit stands in the hub. What its plan has taken already of these windows counts for
-- it, too, under the lock that ingest shares: no row is lost between the two, none counts twice.
--   p_from, p_until: start of the first and end of the last of its windows on the day
--   raises MD021 where the day is not open, MD022 where the corrected plan has no part in it. Repeating it does nothing.
CREATE FUNCTION edge.open_correction(p_population integer, p_day date, p_plan integer, p_corrects integer,
  p_from timestamptz, p_until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_state text;
BEGIN
  SELECT state INTO v_state FROM edge.population_day WHERE population = p_population AND day = p_day FOR UPDATE;
  IF v_state IS DISTINCT FROM 'OPEN' THEN
    RAISE EXCEPTION 'the day % is not open', p_day USING ERRCODE = 'MD021';
  END IF;
  IF NOT EXISTS (SELECT FROM edge.plan_day
                  WHERE plan = p_corrects AND day = p_day AND population = p_population AND corrects IS NULL) THEN
    RAISE EXCEPTION 'plan % has no part in the day', p_corrects USING ERRCODE = 'MD022';
  END IF;
  INSERT INTO edge.plan_day (plan, day, population, frozen_until, corrects, takes_until)
    VALUES (p_plan, p_day, p_population, p_from, p_corrects, p_until) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO edge.contribution (day, plan, window_start, cell, stratum, pseudonym)
    SELECT day, p_plan, window_start, cell, stratum, pseudonym FROM edge.contribution
     WHERE day = p_day AND plan = p_corrects AND window_start >= p_from AND window_start < p_until
     ORDER BY window_start, cell, stratum, pseudonym;
  INSERT INTO edge.counter (day, plan, cell, window_start, value)
    SELECT day, p_plan, cell, window_start, value FROM edge.counter
     WHERE day = p_day AND plan = p_corrects AND window_start >= p_from AND window_start < p_until
     ORDER BY cell, window_start;
END $$;
REVOKE EXECUTE ON FUNCTION edge.open_correction(integer, date, integer, integer, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION edge.open_correction(integer, date, integer, integer, timestamptz, timestamptz) TO madang_release;
