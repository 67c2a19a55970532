-- The privacy ledger (rule P1) and the write-once slots (rule P2). Constraints and triggers hold the rules; the release
-- role may insert debits and slots and nothing else.
SET lock_timeout = '5s';

CREATE SCHEMA ledger;

-- One row a population and unit-day. The two CHECKs are what refuses an overspend.
CREATE TABLE ledger.population_day (
  population    integer NOT NULL REFERENCES hub.population (number),
  day           date    NOT NULL,
  cap_micro     integer NOT NULL CHECK (cap_micro > 0),
  planned_micro integer NOT NULL CHECK (planned_micro BETWEEN 0 AND cap_micro),
  spent_micro   integer NOT NULL DEFAULT 0,
  spent_nano_rho bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (population, day),
  CONSTRAINT budget_not_overspent CHECK (spent_micro BETWEEN 0 AND cap_micro),
  CONSTRAINT plans_leave_the_reserve CHECK (spent_micro <= planned_micro)
);

-- A sub-account's one debit: a plan is one dataset and version. Amounts come from the plan, not from the caller.
CREATE TABLE ledger.debit (
  plan          integer NOT NULL REFERENCES hub.plan (number),
  day           date    NOT NULL,
  population    integer NOT NULL,
  epsilon_micro integer NOT NULL CHECK (epsilon_micro > 0),
  nano_rho      integer NOT NULL CHECK (nano_rho > 0),
  at            timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (plan, day),
  FOREIGN KEY (population, day) REFERENCES ledger.population_day (population, day)
);
CREATE INDEX debit_population_day ON ledger.debit (population, day);

CREATE FUNCTION ledger.take_debit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  SELECT p.population_number, p.epsilon_micro, p.nano_rho
    INTO STRICT NEW.population, NEW.epsilon_micro, NEW.nano_rho
    FROM hub.plan p WHERE p.number = NEW.plan;
  NEW.at := now();
  INSERT INTO ledger.population_day (population, day, cap_micro, planned_micro)
    SELECT p.number, NEW.day, p.cap_micro, p.planned_micro FROM hub.population p WHERE p.number = NEW.population
    ON CONFLICT DO NOTHING;
  PERFORM FROM ledger.population_day WHERE population = NEW.population AND day = NEW.day FOR UPDATE;
  -- The same debit twice is one debit: it is skipped and spends nothing.
  IF EXISTS (SELECT FROM ledger.debit d WHERE d.plan = NEW.plan AND d.day = NEW.day) THEN
    RETURN NULL;
  END IF;
  UPDATE ledger.population_day
     SET spent_micro = spent_micro + NEW.epsilon_micro, spent_nano_rho = spent_nano_rho + NEW.nano_rho
   WHERE population = NEW.population AND day = NEW.day;
  RETURN NEW;
END $$;
CREATE TRIGGER take_debit BEFORE INSERT ON ledger.debit FOR EACH ROW EXECUTE FUNCTION ledger.take_debit();

CREATE TYPE ledger.slot_state AS ENUM ('RESERVED', 'COMMITTED', 'ABANDONED');

-- One release of one window, written once.
CREATE TABLE ledger.slot (
  id           uuid PRIMARY KEY,
  plan         integer NOT NULL REFERENCES hub.plan (number),
  window_start timestamptz NOT NULL,
  window_end   timestamptz NOT NULL,
  first_day    date NOT NULL,
  last_day     date NOT NULL,
  state        ledger.slot_state NOT NULL DEFAULT 'RESERVED',
  digest       bytea CHECK ((state = 'COMMITTED') = (digest IS NOT NULL)),
  reserved_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT slot_once UNIQUE (plan, window_start),
  CHECK (window_end > window_start)
);
CREATE INDEX slot_reserved ON ledger.slot (reserved_at) WHERE state = 'RESERVED';
CREATE INDEX slot_plan_day ON ledger.slot (plan, first_day);

-- The debits a slot stands on: one for each unit-day that its window covers.
CREATE TABLE ledger.slot_debit (
  slot uuid    NOT NULL REFERENCES ledger.slot (id),
  plan integer NOT NULL,
  day  date    NOT NULL,
  PRIMARY KEY (slot, day),
  FOREIGN KEY (plan, day) REFERENCES ledger.debit (plan, day)
);

-- The window is checked against the plan's step and the city's calendar; the days follow from it.
CREATE FUNCTION ledger.check_window() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_step text;
  v_zone text;
  v_local timestamp;
  v_midnight timestamptz;
  v_length interval;
BEGIN
  SELECT p.step, c.time_zone INTO STRICT v_step, v_zone
    FROM hub.plan p JOIN hub.dataset d ON d.id = p.dataset_id JOIN hub.city c ON c.id = d.city_id
   WHERE p.number = NEW.plan;
  v_local := NEW.window_start AT TIME ZONE v_zone;
  v_length := v_step::interval;
  IF v_step IN ('P1D', 'P1M', 'P1Y') THEN
    IF v_local <> date_trunc(CASE v_step WHEN 'P1D' THEN 'day' WHEN 'P1M' THEN 'month' ELSE 'year' END, v_local)
       OR NEW.window_end <> (v_local + v_length) AT TIME ZONE v_zone THEN
      RAISE EXCEPTION 'slot window is not a % of the city', v_step USING ERRCODE = 'MD010';
    END IF;
  ELSE
    v_midnight := date_trunc('day', v_local) AT TIME ZONE v_zone;
    IF NEW.window_end - NEW.window_start <> v_length
       OR mod(extract(epoch FROM NEW.window_start - v_midnight), extract(epoch FROM v_length)) <> 0 THEN
      RAISE EXCEPTION 'slot window is not a % of the city', v_step USING ERRCODE = 'MD010';
    END IF;
  END IF;
  NEW.first_day := v_local::date;
  NEW.last_day := ((NEW.window_end - interval '1 microsecond') AT TIME ZONE v_zone)::date;
  NEW.state := 'RESERVED';
  NEW.digest := NULL;
  NEW.reserved_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER check_window BEFORE INSERT ON ledger.slot FOR EACH ROW EXECUTE FUNCTION ledger.check_window();

-- At commit: no slot without a debit for each of its days.
CREATE FUNCTION ledger.check_debits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF (SELECT count(*) FROM ledger.slot_debit sd
       WHERE sd.slot = NEW.id AND sd.plan = NEW.plan AND sd.day BETWEEN NEW.first_day AND NEW.last_day)
     <> NEW.last_day - NEW.first_day + 1 THEN
    RAISE EXCEPTION 'a slot needs one debit for each day of its window' USING ERRCODE = 'MD011';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_debits AFTER INSERT ON ledger.slot
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_debits();

-- A plan and its partitions are fixed before the first day that is debited (rules P1, P4).
CREATE FUNCTION ledger.plan_is_fixed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_plan integer := CASE TG_TABLE_NAME
    WHEN 'plan' THEN (to_jsonb(OLD) ->> 'number')::integer
    ELSE (coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> 'plan_number')::integer END;
BEGIN
  IF EXISTS (SELECT FROM ledger.debit WHERE plan = v_plan) THEN
    RAISE EXCEPTION 'plan % has debits: make a new version', v_plan USING ERRCODE = 'MD012';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER plan_is_fixed BEFORE UPDATE OR DELETE ON hub.plan FOR EACH ROW EXECUTE FUNCTION ledger.plan_is_fixed();
CREATE TRIGGER plan_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON hub.partition
  FOR EACH ROW EXECUTE FUNCTION ledger.plan_is_fixed();

-- A plan says what its numbers imply, and the plans of a population leave the reserve.
ALTER TABLE hub.plan
  ADD CONSTRAINT plan_step CHECK (step IN ('PT10M', 'PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y')),
  ADD CONSTRAINT plan_split CHECK (split IN ('NONE', 'HOUR', 'CATEGORY')),
  ADD CONSTRAINT plan_numbers CHECK (bound BETWEEN 1 AND 10000 AND epsilon_micro > 0 AND nano_rho > 0
    AND scale_numerator > 0 AND scale_denominator > 0 AND half_width_95 >= 0
    AND schedule_seconds > 0 AND grace_seconds >= 0),
  -- t = L/ε, exactly: n/d = L · 10^6 / micro-ε
  ADD CONSTRAINT plan_scale CHECK (scale_numerator::bigint * epsilon_micro = bound::bigint * 1000000 * scale_denominator),
  ADD CONSTRAINT plan_sparse CHECK ((statistic = 'ORIGIN_DESTINATION') = (threshold IS NOT NULL)
    AND (statistic <> 'ORIGIN_DESTINATION' OR NOT additive));

CREATE FUNCTION ledger.plans_fit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM FROM hub.population WHERE number = NEW.population_number FOR UPDATE;
  IF (SELECT sum(epsilon_micro) FROM hub.plan WHERE population_number = NEW.population_number)
     > (SELECT planned_micro FROM hub.population WHERE number = NEW.population_number) THEN
    RAISE EXCEPTION 'the plans of this population would spend more than it may plan' USING ERRCODE = 'MD013';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plans_fit AFTER INSERT OR UPDATE ON hub.plan
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION ledger.plans_fit();
