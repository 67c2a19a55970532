-- What everybody may see. Written by functions alone (wall 3); no role of a process can change or delete a row.
SET lock_timeout = '5s';

CREATE EXTENSION IF NOT EXISTS timescaledb;
CREATE SCHEMA open;

-- The leaves of the transparency log, in order of index.
CREATE TABLE open.log_leaf (
  index bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at    timestamptz NOT NULL DEFAULT now(),
  kind  text  NOT NULL CHECK (kind IN ('RELEASE', 'ABANDONED', 'FACT')),
  body  jsonb NOT NULL,
  hash  bytea NOT NULL CHECK (length(hash) = 32)
);

-- What has become public, for streams and webhooks.
CREATE TABLE open.outbox (
  id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text  NOT NULL CHECK (kind IN ('RELEASE', 'FACT')),
  body jsonb NOT NULL,
  published_at timestamptz NOT NULL
);

CREATE TABLE open.release (
  slot         uuid PRIMARY KEY REFERENCES ledger.slot (id),
  plan         integer NOT NULL REFERENCES hub.plan (number),
  window_start timestamptz NOT NULL,
  window_end   timestamptz NOT NULL,
  abandoned    boolean NOT NULL,
  -- SHA-256 of the noisy vector as text: cells, values, silent
  digest       bytea,
  -- threshold version of the city that levels of this release are judged by
  threshold_version integer,
  log_index    bigint NOT NULL REFERENCES open.log_leaf (index),
  published_at timestamptz NOT NULL,
  UNIQUE (plan, window_start)
);
CREATE INDEX release_published ON open.release (published_at DESC);
CREATE INDEX release_log ON open.release (log_index);

-- Signed noisy values are the system of record (rule P5): never rounded, clamped or thresholded here.
CREATE TABLE open.observation (
  plan         integer NOT NULL,
  cell         bigint  NOT NULL,
  window_start timestamptz NOT NULL,
  value        integer,
  withheld     text CHECK (withheld IN ('FEED_SILENT', 'SLOT_ABANDONED')),
  published_at timestamptz NOT NULL,
  CHECK ((value IS NULL) = (withheld IS NOT NULL)),
  PRIMARY KEY (plan, cell, window_start)
);
SELECT create_hypertable('open.observation', by_range('window_start', interval '90 days'), create_default_indexes => false);
CREATE INDEX observation_window ON open.observation (plan, window_start);

-- Event rows about things (rule P14): never about persons. A later revision of the same key replaces an earlier one.
CREATE TABLE open.event (
  id           uuid PRIMARY KEY,
  dataset      text NOT NULL REFERENCES hub.dataset (id),
  key          text NOT NULL,
  revision     integer NOT NULL CHECK (revision >= 1),
  category     text NOT NULL CHECK (category IN ('ROAD_WORKS', 'POTHOLE', 'FALLEN_OBJECT', 'WATER_LEAK', 'STREET_LIGHT',
                 'WEATHER_WARNING', 'ROAD_CLOSURE', 'CROWD_LEVEL_CHANGE', 'TRAFFIC_ACCIDENT')),
  severity     text NOT NULL CHECK (severity IN ('UNKNOWN', 'MINOR', 'MODERATE', 'SEVERE', 'EXTREME')),
  urgency      text NOT NULL CHECK (urgency IN ('UNKNOWN', 'PAST', 'FUTURE', 'EXPECTED', 'IMMEDIATE')),
  certainty    text NOT NULL CHECK (certainty IN ('UNKNOWN', 'UNLIKELY', 'POSSIBLE', 'LIKELY', 'OBSERVED')),
  starts_at    timestamptz NOT NULL,
  ends_at      timestamptz CHECK (ends_at > starts_at),
  zone         text NOT NULL REFERENCES hub.zone (id),
  geometry     jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  UNIQUE (dataset, key, revision)
);
CREATE INDEX event_zone ON open.event (zone, starts_at);
CREATE INDEX event_dataset ON open.event (dataset, starts_at);

-- Vehicles and docks at a station.
CREATE TABLE open.availability (
  dataset      text NOT NULL,
  zone         text NOT NULL,
  at           timestamptz NOT NULL,
  vehicles     integer NOT NULL CHECK (vehicles >= 0),
  docks        integer NOT NULL CHECK (docks >= 0),
  published_at timestamptz NOT NULL,
  PRIMARY KEY (dataset, zone, at)
);
SELECT create_hypertable('open.availability', by_range('at', interval '7 days'), create_default_indexes => false);
CREATE INDEX availability_at ON open.availability (dataset, at DESC);

-- Whether a feed's devices are heard (rule P12: from heartbeats, never from the arrival of events).
CREATE TABLE open.freshness (
  feed           text NOT NULL,
  at             timestamptz NOT NULL,
  state          text NOT NULL CHECK (state IN ('FRESH', 'LATE', 'STALE')),
  last_heartbeat timestamptz,
  PRIMARY KEY (feed, at)
);
SELECT create_hypertable('open.freshness', by_range('at', interval '7 days'), create_default_indexes => false);

-- The next instant of a schedule: strictly after now, so that the time of a commit shows nowhere (rule P12).
CREATE FUNCTION open.next_slot(p_schedule_seconds integer) RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  SELECT to_timestamp((floor(extract(epoch FROM now()) / p_schedule_seconds) + 1) * p_schedule_seconds)
$$;

CREATE FUNCTION open.vector_digest(p_cells bigint[], p_values integer[], p_silent boolean[]) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT sha256(convert_to(p_cells::text || p_values::text || p_silent::text, 'UTF8'))
$$;

CREATE FUNCTION open.append_leaf(p_kind text, p_body jsonb) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  INSERT INTO open.log_leaf (kind, body, hash) VALUES (p_kind, p_body, sha256(convert_to(p_body::text, 'UTF8')))
  RETURNING index
$$;

-- Step C of a release: copies the drawn vector, once.
--   p_cells ascending; dense plans: exactly the plan's partitions; sparse plans: pairs that reached the threshold
--   p_values signed noisy values; p_silent true where no heartbeat was heard in the window (dense plans)
--   answers COMMITTED, or SAME when this very vector stands already
--   raises MD001 when another vector stands (the hub wins), MD002 abandoned, MD003 a malformed vector, MD004 no slot
CREATE FUNCTION open.commit_slot(p_slot uuid, p_cells bigint[], p_values integer[], p_silent boolean[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  s ledger.slot;
  p hub.plan;
  v_digest bytea := open.vector_digest(p_cells, p_values, p_silent);
  v_published timestamptz;
  v_leaf bigint;
  v_threshold integer;
BEGIN
  SELECT * INTO s FROM ledger.slot WHERE id = p_slot FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such slot' USING ERRCODE = 'MD004'; END IF;
  IF s.state = 'ABANDONED' THEN RAISE EXCEPTION 'slot is abandoned' USING ERRCODE = 'MD002'; END IF;
  IF s.state = 'COMMITTED' THEN
    IF s.digest = v_digest THEN RETURN 'SAME'; END IF;
    RAISE EXCEPTION 'another vector is committed for this slot' USING ERRCODE = 'MD001';
  END IF;
  SELECT * INTO STRICT p FROM hub.plan WHERE number = s.plan;
  IF coalesce(cardinality(p_cells), 0) <> coalesce(cardinality(p_values), 0)
     OR coalesce(cardinality(p_cells), 0) <> coalesce(cardinality(p_silent), 0)
     OR array_position(p_cells, NULL) IS NOT NULL OR array_position(p_values, NULL) IS NOT NULL
     OR array_position(p_silent, NULL) IS NOT NULL THEN
    RAISE EXCEPTION 'cells, values and silent must be of one length and without null' USING ERRCODE = 'MD003';
  END IF;
  IF p.threshold IS NULL THEN
    IF p_cells IS DISTINCT FROM
       (SELECT array_agg(cell::bigint ORDER BY cell) FROM hub.partition WHERE plan_number = p.number) THEN
      RAISE EXCEPTION 'the cells are not the plan''s partitions' USING ERRCODE = 'MD003';
    END IF;
  ELSIF EXISTS (
    SELECT FROM unnest(p_cells, p_values, p_silent) AS v (cell, value, silent)
     WHERE value < p.threshold OR silent
        OR NOT EXISTS (SELECT FROM hub.partition q WHERE q.plan_number = p.number AND q.cell = v.cell / 65536)
        OR NOT EXISTS (SELECT FROM hub.partition q WHERE q.plan_number = p.number AND q.cell = v.cell % 65536)) THEN
    RAISE EXCEPTION 'a sparse vector holds a pair outside the plan or below its threshold' USING ERRCODE = 'MD003';
  END IF;
  IF p.statistic = 'OCCUPANCY' THEN
    SELECT max(t.version) INTO v_threshold
      FROM hub.threshold_version t JOIN hub.dataset d ON d.city_id = t.city_id
     WHERE d.id = p.dataset_id AND t.valid_from <= s.window_start;
  END IF;
  v_published := open.next_slot(p.schedule_seconds);
  INSERT INTO open.observation (plan, cell, window_start, value, withheld, published_at)
    SELECT p.number, cell, s.window_start, CASE WHEN NOT silent THEN value END,
           CASE WHEN silent THEN 'FEED_SILENT' END, v_published
      FROM unnest(p_cells, p_values, p_silent) AS v (cell, value, silent);
  v_leaf := open.append_leaf('RELEASE', jsonb_build_object('slot', s.id, 'dataset', p.dataset_id, 'version', p.version,
    'from', s.window_start, 'to', s.window_end, 'sha256', encode(v_digest, 'hex'), 'publishedAt', v_published));
  INSERT INTO open.release (slot, plan, window_start, window_end, abandoned, digest, threshold_version, log_index, published_at)
    VALUES (s.id, p.number, s.window_start, s.window_end, false, v_digest, v_threshold, v_leaf, v_published);
  INSERT INTO open.outbox (kind, body, published_at)
    VALUES ('RELEASE', jsonb_build_object('slot', s.id, 'dataset', p.dataset_id, 'from', s.window_start), v_published);
  UPDATE ledger.slot SET state = 'COMMITTED', digest = v_digest WHERE id = s.id;
  RETURN 'COMMITTED';
END $$;

-- Gives a slot up whose input and draw are both gone: withheld with that reason, the debit stays (rule P2).
--   answers ABANDONED, or COMMITTED when it had been committed after all
CREATE FUNCTION open.abandon_slot(p_slot uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  s ledger.slot;
  p hub.plan;
  v_published timestamptz;
  v_leaf bigint;
BEGIN
  SELECT * INTO s FROM ledger.slot WHERE id = p_slot FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such slot' USING ERRCODE = 'MD004'; END IF;
  IF s.state <> 'RESERVED' THEN RETURN s.state; END IF;
  SELECT * INTO STRICT p FROM hub.plan WHERE number = s.plan;
  v_published := open.next_slot(p.schedule_seconds);
  IF p.threshold IS NULL THEN
    INSERT INTO open.observation (plan, cell, window_start, value, withheld, published_at)
      SELECT p.number, q.cell, s.window_start, NULL, 'SLOT_ABANDONED', v_published
        FROM hub.partition q WHERE q.plan_number = p.number;
  END IF;
  v_leaf := open.append_leaf('ABANDONED', jsonb_build_object('slot', s.id, 'dataset', p.dataset_id, 'version', p.version,
    'from', s.window_start, 'to', s.window_end, 'publishedAt', v_published));
  INSERT INTO open.release (slot, plan, window_start, window_end, abandoned, digest, threshold_version, log_index, published_at)
    VALUES (s.id, p.number, s.window_start, s.window_end, true, NULL, NULL, v_leaf, v_published);
  INSERT INTO open.outbox (kind, body, published_at)
    VALUES ('RELEASE', jsonb_build_object('slot', s.id, 'dataset', p.dataset_id, 'from', s.window_start), v_published);
  UPDATE ledger.slot SET state = 'ABANDONED' WHERE id = s.id;
  RETURN 'ABANDONED';
END $$;

-- What lies outside the privacy statement: event rows about things, availability, freshness. Nothing else passes.
--   p_class EVENT {id, dataset, key, revision, category, severity, urgency, certainty, startsAt, endsAt, zone, geometry}
--           AVAILABILITY {dataset, zone, at, vehicles, docks} · FRESHNESS {feed, at, state, lastHeartbeat}
--   p_schedule_seconds: published at its next instant. Repeating a fact changes nothing.
--   raises MD005 for another class, a dataset of another kind, a zone of another city; constraints refuse the rest
CREATE FUNCTION open.publish_fact(p_class text, p_fact jsonb, p_schedule_seconds integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_published timestamptz := open.next_slot(p_schedule_seconds);
  v_new boolean;
BEGIN
  IF p_class = 'FRESHNESS' THEN
    INSERT INTO open.freshness (feed, at, state, last_heartbeat)
      SELECT f.id, (p_fact ->> 'at')::timestamptz, p_fact ->> 'state', (p_fact ->> 'lastHeartbeat')::timestamptz
        FROM hub.feed f WHERE f.id = p_fact ->> 'feed'
      ON CONFLICT DO NOTHING;
    RETURN;
  END IF;
  IF NOT EXISTS (
    SELECT FROM hub.dataset d JOIN hub.zone z ON z.city_id = d.city_id
     WHERE d.id = p_fact ->> 'dataset' AND z.id = p_fact ->> 'zone'
       AND d.kind::text = CASE p_class WHEN 'EVENT' THEN 'EVENTS' WHEN 'AVAILABILITY' THEN 'AVAILABILITY' END) THEN
    RAISE EXCEPTION 'not a fact that may be published' USING ERRCODE = 'MD005';
  END IF;
  IF p_class = 'AVAILABILITY' THEN
    INSERT INTO open.availability (dataset, zone, at, vehicles, docks, published_at)
      VALUES (p_fact ->> 'dataset', p_fact ->> 'zone', (p_fact ->> 'at')::timestamptz,
              (p_fact ->> 'vehicles')::integer, (p_fact ->> 'docks')::integer, v_published)
      ON CONFLICT DO NOTHING;
    RETURN;
  END IF;
  INSERT INTO open.event (id, dataset, key, revision, category, severity, urgency, certainty, starts_at, ends_at, zone,
                          geometry, published_at)
    VALUES ((p_fact ->> 'id')::uuid, p_fact ->> 'dataset', p_fact ->> 'key', (p_fact ->> 'revision')::integer,
            p_fact ->> 'category', p_fact ->> 'severity', p_fact ->> 'urgency', p_fact ->> 'certainty',
            (p_fact ->> 'startsAt')::timestamptz, (p_fact ->> 'endsAt')::timestamptz, p_fact ->> 'zone',
            p_fact -> 'geometry', v_published)
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_new = ROW_COUNT;
  IF v_new THEN
    PERFORM open.append_leaf('FACT', jsonb_build_object('id', p_fact ->> 'id', 'dataset', p_fact ->> 'dataset',
      'sha256', encode(sha256(convert_to(p_fact::text, 'UTF8')), 'hex')));
    INSERT INTO open.outbox (kind, body, published_at)
      VALUES ('FACT', jsonb_build_object('id', p_fact ->> 'id', 'dataset', p_fact ->> 'dataset'), v_published);
  END IF;
END $$;

-- What the API may read: released, and published by now.
CREATE VIEW open.published_release AS
  SELECT r.slot, r.plan, p.dataset_id AS dataset, p.version, r.window_start, r.window_end, r.abandoned, r.digest,
         r.threshold_version, r.log_index, r.published_at
    FROM open.release r JOIN hub.plan p ON p.number = r.plan
   WHERE r.published_at <= now();
CREATE VIEW open.published_observation AS
  SELECT plan, cell, window_start, value, withheld FROM open.observation WHERE published_at <= now();
-- The latest published revision of each event.
CREATE VIEW open.published_event AS
  SELECT DISTINCT ON (dataset, key) * FROM open.event WHERE published_at <= now() ORDER BY dataset, key, revision DESC;
CREATE VIEW open.published_availability AS
  SELECT dataset, zone, at, vehicles, docks FROM open.availability WHERE published_at <= now();
-- A leaf shows when what it speaks of is public.
CREATE VIEW open.published_leaf AS
  SELECT index, kind, body, hash FROM open.log_leaf
   WHERE coalesce((body ->> 'publishedAt')::timestamptz, at) <= now();
