-- What the intake acknowledges: sealed batches, durable before the answer 202.
SET lock_timeout = '5s';

CREATE EXTENSION IF NOT EXISTS timescaledb;
CREATE SCHEMA edge;

-- One row an acknowledged batch. Small, so that the watermark ("nothing received before is unprocessed") is cheap.
CREATE TABLE edge.batch (
  id          uuid PRIMARY KEY,
  population  integer NOT NULL,
  feed        text NOT NULL,
  device      text NOT NULL,
  -- the day whose key it is sealed to: of receipt, or of the events in a backfill
  key_day     date NOT NULL,
  backfill    uuid,
  -- a backfill's signed end-of-day marker
  ends_day    boolean NOT NULL DEFAULT false CHECK (NOT ends_day OR backfill IS NOT NULL),
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  readings    integer NOT NULL CHECK (readings >= 0),
  state       text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'DONE', 'QUARANTINED')),
  -- a code of core/errors.ts where the whole batch is quarantined
  reason      text,
  accepted    integer,
  rejected    integer,
  -- readings that repeat what stands already
  repeated    integer
);
CREATE INDEX batch_pending ON edge.batch (population, received_at) WHERE state = 'PENDING';
CREATE INDEX batch_backfill ON edge.batch (backfill, key_day) WHERE backfill IS NOT NULL;
CREATE INDEX batch_received ON edge.batch (received_at);

-- Who has used which sequence number, and for what content: a repetition gets its first receipt again.
CREATE TABLE edge.sequence (
  device   text   NOT NULL,
  sequence bigint NOT NULL,
  batch    uuid   NOT NULL,
  digest   bytea  NOT NULL CHECK (length(digest) = 32),
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (device, sequence)
);
CREATE INDEX sequence_at ON edge.sequence (at);

-- The sealed payloads (HPKE), in hourly chunks that are dropped once all in them is processed.
CREATE TABLE edge.inbox (
  batch       uuid NOT NULL,
  received_at timestamptz NOT NULL,
  enc         bytea NOT NULL CHECK (length(enc) = 32),
  sealed      bytea NOT NULL,
  PRIMARY KEY (batch, received_at)
);
ALTER TABLE edge.inbox ALTER COLUMN sealed SET STORAGE EXTERNAL;
SELECT create_hypertable('edge.inbox', by_range('received_at', interval '1 hour'), create_default_indexes => false);

-- Readings that broke a rule, sealed again one by one, with the reason. Never in the clear (rule P11).
CREATE TABLE edge.quarantine (
  batch   uuid NOT NULL,
  -- position in the batch, from 0
  reading integer NOT NULL,
  key_day date NOT NULL,
  population integer NOT NULL,
  reason  text NOT NULL,
  -- name of the field of the schema that broke the rule; never a name that the device made up
  field   text,
  enc     bytea NOT NULL,
  sealed  bytea NOT NULL,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (batch, reading)
);
CREATE INDEX quarantine_day ON edge.quarantine (population, key_day);
