-- Pseudonymised contributions, counters, heartbeats and facts. Hypertables by event day, dropped by chunk.
SET lock_timeout = '5s';

-- A day of a population takes rows only while such a row stands OPEN; the release worker opens it after the debits of
-- the day are made in the hub. Ingest locks the row FOR SHARE, a freeze or seal FOR UPDATE.
CREATE TABLE edge.population_day (
  population integer NOT NULL,
  day        date NOT NULL,
  backfill   uuid,
  state      text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'SEALED')),
  opened_at  timestamptz NOT NULL DEFAULT now(),
  -- a backfill day: its end-of-day marker has been processed
  ended_at   timestamptz,
  sealed_at  timestamptz CHECK ((state = 'SEALED') = (sealed_at IS NOT NULL)),
  key_destroyed_at timestamptz,
  PRIMARY KEY (population, day)
);
CREATE INDEX population_day_open ON edge.population_day (population, day) WHERE state = 'OPEN';
CREATE INDEX population_day_key ON edge.population_day (population, day) WHERE state = 'SEALED' AND key_destroyed_at IS NULL;

-- At most two days of a population are open (rule P3, P19).
CREATE FUNCTION edge.two_open_days() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7301, NEW.population);
  IF (SELECT count(*) FROM edge.population_day d WHERE d.population = NEW.population AND d.state = 'OPEN' AND d.day <> NEW.day) >= 2 THEN
    RAISE EXCEPTION 'two days of this population are open' USING ERRCODE = 'MD020';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_open_days BEFORE INSERT ON edge.population_day FOR EACH ROW EXECUTE FUNCTION edge.two_open_days();

-- Up to where the windows of a plan and day are frozen: a row of an earlier window is late for that plan.
CREATE TABLE edge.plan_day (
  plan         integer NOT NULL,
  day          date NOT NULL,
  population   integer NOT NULL,
  -- windows that start before this instant are frozen; null: none is
  frozen_until timestamptz,
  PRIMARY KEY (plan, day),
  FOREIGN KEY (population, day) REFERENCES edge.population_day (population, day)
);
CREATE INDEX plan_day_population ON edge.plan_day (population, day);

-- What one unit touched. Ingest only removes repetitions; the bound L is applied at the freeze.
CREATE TABLE edge.contribution (
  day          date NOT NULL,
  plan         integer NOT NULL,
  window_start timestamptz NOT NULL,
  cell         bigint NOT NULL,
  stratum      smallint NOT NULL DEFAULT 0,
  pseudonym    bytea NOT NULL CHECK (length(pseudonym) = 16),
  CONSTRAINT contribution_once UNIQUE (day, plan, window_start, cell, stratum, pseudonym)
);
SELECT create_hypertable('edge.contribution', by_range('day', interval '1 day'), create_default_indexes => false);

-- What counts: at most L slots a unit, day and stratum (rule P3, both constraints).
CREATE TABLE edge.bounded (
  day          date NOT NULL,
  plan         integer NOT NULL,
  pseudonym    bytea NOT NULL,
  stratum      smallint NOT NULL,
  slot         smallint NOT NULL,
  bound        smallint NOT NULL,
  cell         bigint NOT NULL,
  window_start timestamptz NOT NULL,
  CONSTRAINT within_bound CHECK (slot BETWEEN 1 AND bound),
  CONSTRAINT slot_once UNIQUE (day, plan, pseudonym, stratum, slot),
  CONSTRAINT cell_once UNIQUE (day, plan, pseudonym, cell, window_start)
);
SELECT create_hypertable('edge.bounded', by_range('day', interval '1 day'), create_default_indexes => false);

-- Pre-aggregated counts: no subject, no pseudonym.
CREATE TABLE edge.counter (
  day          date NOT NULL,
  plan         integer NOT NULL,
  cell         bigint NOT NULL,
  window_start timestamptz NOT NULL,
  value        integer NOT NULL CHECK (value >= 0),
  CONSTRAINT counter_once UNIQUE (day, plan, cell, window_start)
);
SELECT create_hypertable('edge.counter', by_range('day', interval '1 day'), create_default_indexes => false);

-- A device was heard: by its own fixed clock, whatever it saw (rules P4, P12).
CREATE TABLE edge.heartbeat (
  device text NOT NULL,
  feed   text NOT NULL,
  at     timestamptz NOT NULL,
  PRIMARY KEY (device, feed, at)
);
SELECT create_hypertable('edge.heartbeat', by_range('at', interval '1 day'), create_default_indexes => false);

-- Facts about things on their way to open.publish_fact().
CREATE TABLE edge.fact (
  id          uuid PRIMARY KEY,
  class       text NOT NULL CHECK (class IN ('EVENT', 'AVAILABILITY')),
  fact        jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  published   boolean NOT NULL DEFAULT false,
  -- a code where publication was refused
  refused     text
);
CREATE INDEX fact_waiting ON edge.fact (received_at) WHERE NOT published AND refused IS NULL;
