-- What is sealed or frozen stays so, and takes no rows, whoever asks (rules P3, P8, P19): until now the workers alone kept to
-- that. Ingest writes through two functions that look at the day themselves, and no longer into the tables.
SET lock_timeout = '5s';

-- A sealed day is never opened again, its key never stands again.
CREATE FUNCTION edge.stays_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF (OLD.state = 'SEALED' AND (NEW.state <> 'SEALED' OR NEW.sealed_at <> OLD.sealed_at))
     OR (OLD.key_destroyed_at IS NOT NULL AND NEW.key_destroyed_at IS NULL)
     OR (NEW.population, NEW.day) IS DISTINCT FROM (OLD.population, OLD.day) THEN
    RAISE EXCEPTION 'the day % is sealed', OLD.day USING ERRCODE = 'MD023';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_sealed BEFORE UPDATE ON edge.population_day FOR EACH ROW EXECUTE FUNCTION edge.stays_sealed();

-- Frozen windows are never thawed.
CREATE FUNCTION edge.stays_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.frozen_until IS NOT NULL AND (NEW.frozen_until IS NULL OR NEW.frozen_until < OLD.frozen_until) THEN
    RAISE EXCEPTION 'plan % is frozen until %', OLD.plan, OLD.frozen_until USING ERRCODE = 'MD024';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_frozen BEFORE UPDATE ON edge.plan_day FOR EACH ROW EXECUTE FUNCTION edge.stays_frozen();

-- Whether rows of a plan are of open days that it takes part in, and of windows that it still takes. Shares the lock of the
-- days: a freeze or a seal waits until the rows are committed.
--   raises MD025 where one is not; then none is taken
CREATE FUNCTION edge.check_takes(p_plan integer, p_days date[], p_windows timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM FROM edge.population_day d JOIN edge.plan_day p ON p.population = d.population AND p.day = d.day
    WHERE p.plan = p_plan AND p.day = ANY (p_days) ORDER BY d.population, d.day FOR SHARE OF d;
  IF EXISTS (
    SELECT FROM (SELECT u.day, min(u.at) AS first, max(u.at) AS last FROM unnest(p_days, p_windows) AS u (day, at) GROUP BY u.day) u
      LEFT JOIN edge.plan_day p ON p.plan = p_plan AND p.day = u.day
      LEFT JOIN edge.population_day d ON d.population = p.population AND d.day = p.day
     WHERE d.state IS DISTINCT FROM 'OPEN' OR u.first < p.frozen_until OR u.last >= p.takes_until) THEN
    RAISE EXCEPTION 'plan % takes no such row', p_plan USING ERRCODE = 'MD025';
  END IF;
END $$;

-- Takes contributions of one plan, sorted by their unique key; repetitions are left out. Answers how many were new.
CREATE FUNCTION edge.take_contributions(p_plan integer, p_days date[], p_windows timestamptz[], p_cells bigint[],
  p_strata integer[], p_pseudonyms bytea[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_new integer;
BEGIN
  PERFORM edge.check_takes(p_plan, p_days, p_windows);
  INSERT INTO edge.contribution (day, plan, window_start, cell, stratum, pseudonym)
    SELECT u.day, p_plan, u.at, u.cell, u.stratum, u.pseudonym
      FROM unnest(p_days, p_windows, p_cells, p_strata, p_pseudonyms) AS u (day, at, cell, stratum, pseudonym)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_new = ROW_COUNT;
  RETURN v_new;
END $$;

-- Takes pre-aggregated counts of one plan; the first of a cell and window stands. Answers how many were new.
CREATE FUNCTION edge.take_counters(p_plan integer, p_days date[], p_windows timestamptz[], p_cells bigint[], p_values integer[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_new integer;
BEGIN
  PERFORM edge.check_takes(p_plan, p_days, p_windows);
  INSERT INTO edge.counter (day, plan, window_start, cell, value)
    SELECT u.day, p_plan, u.at, u.cell, u.value
      FROM unnest(p_days, p_windows, p_cells, p_values) AS u (day, at, cell, value)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_new = ROW_COUNT;
  RETURN v_new;
END $$;

REVOKE EXECUTE ON FUNCTION edge.stays_sealed(), edge.stays_frozen(), edge.check_takes(integer, date[], timestamptz[]),
  edge.take_contributions(integer, date[], timestamptz[], bigint[], integer[], bytea[]),
  edge.take_counters(integer, date[], timestamptz[], bigint[], integer[]) FROM PUBLIC;
REVOKE INSERT ON edge.contribution, edge.counter FROM madang_ingest;
GRANT EXECUTE ON FUNCTION edge.take_contributions(integer, date[], timestamptz[], bigint[], integer[], bytea[]),
  edge.take_counters(integer, date[], timestamptz[], bigint[], integer[]) TO madang_ingest;
