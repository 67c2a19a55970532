-- Use of licences, counted in PostgreSQL: events that nobody changes, what they sum to by month, thresholds reached.
-- Redis only reserves (server/meter/*.lua); what counts is written here, in one transaction, before an answer ends.
SET lock_timeout = '5s';

CREATE SCHEMA meter;

-- The millisecond in a UUID version 7 (RFC 9562 §5.7). PostgreSQL 17's uuid_extract_timestamp answers null for it, and a
-- CHECK that is null accepts everything.
CREATE FUNCTION meter.time_of(p_id uuid) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT to_timestamp(('x' || translate(left(p_id::text, 13), '-', ''))::bit(48)::bigint::double precision / 1000)
$$;

-- One row for each request, dataset and operation: CloudEvents are unique by source and id. No foreign key to the
-- licence: its row lock would make every answer wait for whoever decides on the licence.
CREATE TABLE meter.usage_event (
  id           uuid   NOT NULL CHECK (uuid_extract_version(id) = 7),
  source       text   NOT NULL,
  at           timestamptz NOT NULL,
  licence      uuid   NOT NULL,
  organization uuid   NOT NULL,
  -- null: a person of the organisation asked; who is not written down
  key          uuid,
  dataset      text   NOT NULL CHECK (dataset ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
  operation    text   NOT NULL CHECK (operation IN ('query', 'export', 'example')),
  units        bigint NOT NULL CHECK (units BETWEEN 1 AND 1099511627776),
  -- first day of the month, in the city's time zone, whose quota it counts against
  month        date   NOT NULL CHECK (extract(day FROM month) = 1),
  CHECK (at = meter.time_of(id)),
  CHECK (source = '/datasets/' || dataset || '/' || operation),
  CHECK ((at AT TIME ZONE 'UTC')::date BETWEEN month - 1 AND month + 31),
  PRIMARY KEY (source, id, at)
);
SELECT create_hypertable('meter.usage_event', by_range('at', interval '30 days'), create_default_indexes => false);
CREATE INDEX usage_event_licence ON meter.usage_event (licence, at);

-- What the events of a licence and month sum to: kept in their transaction, so that one row answers instead of a scan.
CREATE TABLE meter.tally (
  licence uuid   NOT NULL,
  month   date   NOT NULL CHECK (extract(day FROM month) = 1),
  used    bigint NOT NULL DEFAULT 0 CHECK (used >= 0),
  -- the limit of the month when it was last used, what was carried over included
  quota   bigint NOT NULL DEFAULT 0 CHECK (quota >= 0),
  PRIMARY KEY (licence, month)
) WITH (fillfactor = 50);

-- A licence has used so much of its month's quota: told once. Webhooks and mails hang here.
CREATE TABLE meter.threshold_event (
  licence uuid NOT NULL,
  month   date NOT NULL,
  percent integer NOT NULL CHECK (percent IN (50, 80, 100)),
  at      timestamptz NOT NULL DEFAULT now(),
  used    bigint NOT NULL,
  quota   bigint NOT NULL,
  PRIMARY KEY (licence, month, percent)
);
CREATE INDEX threshold_event_at ON meter.threshold_event (at);

CREATE FUNCTION meter.keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'what was counted is kept as it is' USING ERRCODE = 'MD040';
END $$;
-- The chunks take a hypertable's row trigger over. A hypertable's cannot be "always"; the others' are, for replicas too.
CREATE TRIGGER keep_event BEFORE UPDATE OR DELETE ON meter.usage_event FOR EACH ROW EXECUTE FUNCTION meter.keep();
CREATE TRIGGER keep_events BEFORE TRUNCATE ON meter.usage_event FOR EACH STATEMENT EXECUTE FUNCTION meter.keep();
CREATE TRIGGER keep_threshold BEFORE UPDATE OR DELETE ON meter.threshold_event FOR EACH ROW EXECUTE FUNCTION meter.keep();
CREATE TRIGGER keep_thresholds BEFORE TRUNCATE ON meter.threshold_event FOR EACH STATEMENT EXECUTE FUNCTION meter.keep();
-- A sum of events that stay never shrinks: Redis relies on it and keeps the greater of two.
CREATE TRIGGER keep_tally BEFORE UPDATE ON meter.tally FOR EACH ROW WHEN (NEW.used < OLD.used) EXECUTE FUNCTION meter.keep();
CREATE TRIGGER keep_counted BEFORE DELETE ON meter.tally FOR EACH ROW EXECUTE FUNCTION meter.keep();
CREATE TRIGGER keep_tallies BEFORE TRUNCATE ON meter.tally FOR EACH STATEMENT EXECUTE FUNCTION meter.keep();
ALTER TABLE meter.threshold_event ENABLE ALWAYS TRIGGER keep_threshold, ENABLE ALWAYS TRIGGER keep_thresholds;
ALTER TABLE meter.tally ENABLE ALWAYS TRIGGER keep_tally, ENABLE ALWAYS TRIGGER keep_counted, ENABLE ALWAYS TRIGGER keep_tallies;

-- Records what requests used, all or nothing for each request, within the quota: the last word, whatever Redis knew.
--   p_events [{id, licence, organization, key, dataset, operation, units, month, quota}], in the order they came;
--   events of one request share id, licence, month and quota (its limit of the month)
--   answers a row for each licence and month: what is used now, and the requests that would have been over the quota,
--   of which nothing was recorded. Repeating an event changes nothing and is no refusal.
-- The rows of the tally are locked in one order by all, so that batches of several servers wait and never deadlock.
CREATE FUNCTION meter.record(p_events jsonb)
RETURNS TABLE (licence uuid, month date, used bigint, refused uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  r record;
  v_licence uuid;
  v_month date;
  v_used bigint;
  v_taken uuid[] := '{}';
  v_refused uuid[] := '{}';
BEGIN
  INSERT INTO meter.tally (licence, month)
    SELECT DISTINCT (e ->> 'licence')::uuid, (e ->> 'month')::date FROM jsonb_array_elements(p_events) AS e ORDER BY 1, 2
    ON CONFLICT DO NOTHING;
  PERFORM FROM meter.tally t
    WHERE (t.licence, t.month) IN (
      SELECT (e ->> 'licence')::uuid, (e ->> 'month')::date FROM jsonb_array_elements(p_events) AS e)
    ORDER BY t.licence, t.month FOR UPDATE;
  -- A statement of its own: it sees what whoever held the locks before has committed.
  FOR r IN
    SELECT g.licence, g.month, g.id, sum(g.units) AS units, min(g.quota) AS quota, t.used,
           bool_or(EXISTS (SELECT FROM meter.usage_event k
                            WHERE k.source = '/datasets/' || g.dataset || '/' || g.operation AND k.id = g.id
                              AND k.at = meter.time_of(g.id))) AS known
      FROM ROWS FROM (jsonb_to_recordset(p_events) AS (id uuid, licence uuid, dataset text, operation text, units bigint,
                                                       month date, quota bigint)) WITH ORDINALITY
             AS g (id, licence, dataset, operation, units, month, quota, place)
      JOIN meter.tally t ON t.licence = g.licence AND t.month = g.month
     GROUP BY g.licence, g.month, g.id, t.used
     ORDER BY g.licence, g.month, min(g.place)
  LOOP
    IF (r.licence, r.month) IS DISTINCT FROM (v_licence, v_month) THEN
      v_licence := r.licence;
      v_month := r.month;
      v_used := r.used;
    END IF;
    CONTINUE WHEN r.known;
    IF v_used + r.units <= r.quota THEN
      v_used := v_used + r.units;
      v_taken := array_append(v_taken, r.id);
    ELSE
      v_refused := array_append(v_refused, r.id);
    END IF;
  END LOOP;
  INSERT INTO meter.usage_event (id, source, at, licence, organization, key, dataset, operation, units, month)
    SELECT g.id, '/datasets/' || g.dataset || '/' || g.operation, meter.time_of(g.id), g.licence, g.organization, g.key,
           g.dataset, g.operation, g.units, g.month
      FROM jsonb_to_recordset(p_events) AS g (id uuid, licence uuid, organization uuid, key uuid, dataset text,
                                              operation text, units bigint, month date)
     WHERE g.id = ANY (v_taken);
  UPDATE meter.tally t SET used = t.used + n.units, quota = n.quota
    FROM (SELECT g.licence, g.month, max(g.quota) AS quota, coalesce(sum(g.units) FILTER (WHERE g.id = ANY (v_taken)), 0) AS units
            FROM jsonb_to_recordset(p_events) AS g (id uuid, licence uuid, units bigint, month date, quota bigint)
           GROUP BY g.licence, g.month) n
   WHERE t.licence = n.licence AND t.month = n.month;
  INSERT INTO meter.threshold_event (licence, month, percent, used, quota)
    SELECT t.licence, t.month, p.percent, t.used, t.quota
      FROM meter.tally t CROSS JOIN (VALUES (50), (80), (100)) AS p (percent)
     WHERE t.quota > 0 AND t.used * 100 >= t.quota * p.percent
       AND (t.licence, t.month) IN (
         SELECT (e ->> 'licence')::uuid, (e ->> 'month')::date FROM jsonb_array_elements(p_events) AS e)
    ON CONFLICT DO NOTHING;
  RETURN QUERY
    SELECT t.licence, t.month, t.used,
           ARRAY(SELECT DISTINCT (e ->> 'id')::uuid FROM jsonb_array_elements(p_events) AS e
                  WHERE (e ->> 'licence')::uuid = t.licence AND (e ->> 'month')::date = t.month
                    AND (e ->> 'id')::uuid = ANY (v_refused))
      FROM meter.tally t
     WHERE (t.licence, t.month) IN (
       SELECT (e ->> 'licence')::uuid, (e ->> 'month')::date FROM jsonb_array_elements(p_events) AS e);
END $$;

-- The events as CloudEvents 1.0 in JSON (core/licence/usage-event.ts writes the same).
CREATE VIEW meter.cloud_event AS
  SELECT licence, at, jsonb_build_object(
           'specversion', '1.0', 'id', id, 'source', source, 'type', 'org.madang.usage.v1', 'subject', licence,
           'time', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'datacontenttype', 'application/json',
           'data', jsonb_build_object('licence', licence, 'organization', organization, 'key', key, 'dataset', dataset,
             'operation', operation, 'units', units, 'month', to_char(month, 'YYYY-MM'))) AS body
    FROM meter.usage_event;

-- Where the sum of the events is not what was counted: always empty.
CREATE VIEW meter.difference AS
  SELECT licence, month, coalesce(t.used, 0) AS counted, coalesce(e.units, 0) AS recorded
    FROM meter.tally t
    FULL JOIN (SELECT licence, month, sum(units)::bigint AS units FROM meter.usage_event GROUP BY licence, month) e
         USING (licence, month)
   WHERE coalesce(t.used, 0) <> coalesce(e.units, 0);

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA meter FROM PUBLIC;
GRANT USAGE ON SCHEMA meter TO madang_api, madang_background;
GRANT EXECUTE ON FUNCTION meter.record(jsonb) TO madang_api;
GRANT SELECT ON meter.usage_event, meter.tally, meter.threshold_event, meter.cloud_event TO madang_api;
GRANT SELECT ON meter.difference, meter.threshold_event TO madang_background;
