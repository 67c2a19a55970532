-- The clocks of populations and plans stay within what "at most two live days" can hold (rules P3, P4).
SET lock_timeout = '5s';

ALTER TABLE hub.population
  -- A day is sealed at the latest six hours after its lateness; the day after the next one opens ten minutes early.
  ADD CONSTRAINT population_lateness CHECK (lateness_seconds BETWEEN 1 AND 57600),
  -- Tomorrow is opened ten minutes before midnight: a clock further ahead would find no day.
  ADD CONSTRAINT population_skew CHECK (skew_seconds BETWEEN 0 AND 600);
ALTER TABLE hub.plan
  ADD CONSTRAINT plan_clocks CHECK (grace_seconds <= 57600 AND schedule_seconds <= 86400);
