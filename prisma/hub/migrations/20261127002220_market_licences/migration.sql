-- Requests and licences: one state machine as data, bound by foreign keys; keys; what is entitled.
-- A licence's state is the last event's, an event begins where the one before ended, and each is a row of the machine: no
-- order of writes, by whomever, can leave the table of transitions.
SET lock_timeout = '5s';

-- How coarse a step is; null for none.
CREATE FUNCTION market.step_rank(p_step text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT array_position(ARRAY['PT10M', 'PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'], p_step)
$$;

-- The machine (core/licence/machine.ts has the same; a test compares). "NONE" is before the request.
CREATE TABLE market.transition (
  from_state text NOT NULL,
  action     text NOT NULL,
  to_state   text NOT NULL,
  by         text[] NOT NULL CHECK (by <@ ARRAY['APPLICANT', 'STEWARD', 'CLOCK'] AND cardinality(by) > 0),
  PRIMARY KEY (from_state, action),
  UNIQUE (from_state, action, to_state)
);
INSERT INTO market.transition VALUES
  ('NONE', 'REQUEST', 'REQUESTED', '{APPLICANT}'),
  ('REQUESTED', 'ASK', 'INFO_NEEDED', '{STEWARD}'),
  ('REQUESTED', 'ENDORSE', 'REQUESTED', '{STEWARD}'),
  ('REQUESTED', 'APPROVE', 'APPROVED', '{STEWARD}'),
  ('REQUESTED', 'REFUSE', 'REFUSED', '{STEWARD}'),
  ('REQUESTED', 'WITHDRAW', 'WITHDRAWN', '{APPLICANT}'),
  ('REQUESTED', 'LAPSE', 'LAPSED', '{CLOCK}'),
  ('INFO_NEEDED', 'ANSWER', 'REQUESTED', '{APPLICANT}'),
  ('INFO_NEEDED', 'REFUSE', 'REFUSED', '{STEWARD}'),
  ('INFO_NEEDED', 'WITHDRAW', 'WITHDRAWN', '{APPLICANT}'),
  ('INFO_NEEDED', 'LAPSE', 'LAPSED', '{CLOCK}'),
  ('APPROVED', 'ACTIVATE', 'ACTIVE', '{APPLICANT,CLOCK}'),
  ('APPROVED', 'WITHDRAW', 'WITHDRAWN', '{APPLICANT}'),
  ('APPROVED', 'REVOKE', 'REVOKED', '{STEWARD}'),
  ('APPROVED', 'LAPSE', 'LAPSED', '{CLOCK}'),
  ('ACTIVE', 'SUSPEND', 'SUSPENDED', '{STEWARD}'),
  ('ACTIVE', 'REVOKE', 'REVOKED', '{STEWARD}'),
  ('ACTIVE', 'SURRENDER', 'WITHDRAWN', '{APPLICANT}'),
  ('ACTIVE', 'EXPIRE', 'EXPIRED', '{CLOCK}'),
  ('SUSPENDED', 'RESUME', 'ACTIVE', '{STEWARD}'),
  ('SUSPENDED', 'REVOKE', 'REVOKED', '{STEWARD}'),
  ('SUSPENDED', 'SURRENDER', 'WITHDRAWN', '{APPLICANT}'),
  ('SUSPENDED', 'EXPIRE', 'EXPIRED', '{CLOCK}'),
  ('REFUSED', 'APPEAL', 'REQUESTED', '{APPLICANT}');
CREATE TRIGGER keep_transition BEFORE UPDATE OR DELETE ON market.transition FOR EACH ROW EXECUTE FUNCTION market.keep();

-- One row is the request and the licence. Days are the city's local days; valid_to is the last one.
CREATE TABLE market.licence (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  organization   uuid NOT NULL REFERENCES hub.organization (id),
  requested_by   uuid NOT NULL REFERENCES market.person (id),
  offer          uuid NOT NULL REFERENCES hub.offer (id),
  dataset        text NOT NULL REFERENCES hub.dataset (id),
  tier           hub."Tier" NOT NULL CHECK (tier = 'LICENSED'),
  state          text NOT NULL,
  seq            integer NOT NULL CHECK (seq >= 1),
  purpose        text NOT NULL,
  purpose_text   text NOT NULL CHECK (length(purpose_text) BETWEEN 20 AND 4000),
  -- slugs of zones; null: the whole city
  asked_area     text[] CHECK (cardinality(asked_area) BETWEEN 1 AND 1000 AND array_position(asked_area, NULL) IS NULL),
  asked_from     date NOT NULL,
  asked_to       date NOT NULL,
  -- null: as released
  asked_step     text CHECK (asked_step IS NULL OR market.step_rank(asked_step) IS NOT NULL),
  asked_quota    bigint NOT NULL CHECK (asked_quota BETWEEN 1 AND 1000000000000),
  area           text[] CHECK (cardinality(area) BETWEEN 1 AND 1000 AND array_position(area, NULL) IS NULL),
  valid_from     date,
  valid_to       date,
  step           text CHECK (step IS NULL OR market.step_rank(step) IS NOT NULL),
  -- units a calendar month
  quota          bigint CHECK (quota BETWEEN 1 AND 1000000000000),
  conditions     text CHECK (length(conditions) <= 4000),
  -- as the offer stood: once (FLAT) or a month (SUBSCRIPTION), minor units
  price_minor    integer NOT NULL CHECK (price_minor >= 0),
  currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- two different approvers
  high_risk      boolean NOT NULL,
  created_at     timestamptz NOT NULL,
  -- when a decision is due
  due_at         timestamptz NOT NULL,
  -- of the last event
  changed_at     timestamptz NOT NULL,
  first_approver uuid REFERENCES market.person (id),
  decided_at     timestamptz,
  decided_by     uuid REFERENCES market.person (id),
  activated_at   timestamptz,
  ended_at       timestamptz,
  renews         uuid REFERENCES market.licence (id),
  CONSTRAINT asked_period CHECK (asked_from <= asked_to AND asked_to - asked_from <= 1830),
  CONSTRAINT decided_by_somebody CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CONSTRAINT granted_whole CHECK (state NOT IN ('APPROVED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED')
    OR (valid_from IS NOT NULL AND valid_to IS NOT NULL AND quota IS NOT NULL AND decided_by IS NOT NULL)),
  -- A grant is never wider than what was asked for.
  CONSTRAINT granted_within_asked CHECK (valid_from IS NULL OR (valid_from <= valid_to AND valid_from >= asked_from
    AND valid_to <= asked_to AND quota <= asked_quota AND (asked_area IS NULL OR (area IS NOT NULL AND area <@ asked_area))
    AND (asked_step IS NULL OR (step IS NOT NULL AND market.step_rank(step) >= market.step_rank(asked_step))))),
  CONSTRAINT not_by_oneself CHECK (decided_by <> requested_by AND first_approver <> requested_by),
  CONSTRAINT two_approvers CHECK (NOT high_risk OR state NOT IN ('APPROVED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED')
    OR (first_approver IS NOT NULL AND first_approver <> decided_by)),
  CONSTRAINT renews_another CHECK (renews <> id)
);
CREATE INDEX licence_organization ON market.licence (organization, created_at DESC);
CREATE INDEX licence_state ON market.licence (state, due_at);
CREATE INDEX licence_dataset ON market.licence (dataset);
CREATE INDEX licence_offer ON market.licence (offer);
CREATE UNIQUE INDEX licence_one_renewal ON market.licence (renews)
  WHERE state IN ('REQUESTED', 'INFO_NEEDED', 'APPROVED', 'ACTIVE', 'SUSPENDED');

CREATE TABLE market.licence_event (
  licence    uuid NOT NULL REFERENCES market.licence (id) DEFERRABLE INITIALLY DEFERRED,
  seq        integer NOT NULL CHECK (seq >= 1),
  action     text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  -- null: the clock
  actor      uuid REFERENCES market.person (id),
  at         timestamptz NOT NULL,
  reason     text CHECK (length(reason) <= 4000),
  detail     jsonb NOT NULL,
  previous   integer GENERATED ALWAYS AS (CASE WHEN seq > 1 THEN seq - 1 END) STORED,
  PRIMARY KEY (licence, seq),
  UNIQUE (licence, seq, to_state),
  CONSTRAINT event_is_a_transition FOREIGN KEY (from_state, action, to_state)
    REFERENCES market.transition (from_state, action, to_state),
  CONSTRAINT event_begins_where_the_last_ended FOREIGN KEY (licence, previous, from_state)
    REFERENCES market.licence_event (licence, seq, to_state),
  CONSTRAINT first_event_is_the_request CHECK ((seq = 1) = (from_state = 'NONE')),
  CONSTRAINT refusals_have_reasons CHECK (action NOT IN ('REFUSE', 'SUSPEND', 'REVOKE') OR length(btrim(coalesce(reason, ''))) >= 10)
);
CREATE UNIQUE INDEX event_one_appeal ON market.licence_event (licence) WHERE action = 'APPEAL';
CREATE INDEX event_at ON market.licence_event (at);
ALTER TABLE market.licence ADD CONSTRAINT state_is_the_last_events FOREIGN KEY (id, seq, state)
  REFERENCES market.licence_event (licence, seq, to_state) DEFERRABLE INITIALLY DEFERRED;
CREATE TRIGGER keep_event BEFORE UPDATE OR DELETE ON market.licence_event FOR EACH ROW EXECUTE FUNCTION market.keep('at');
CREATE TRIGGER keep_events BEFORE TRUNCATE ON market.licence_event FOR EACH STATEMENT EXECUTE FUNCTION market.keep();
ALTER TABLE market.licence_event ENABLE ALWAYS TRIGGER keep_event, ENABLE ALWAYS TRIGGER keep_events;

-- What was asked for, and by whom, stays; the last event's number only grows (the foreign key above sees one number alone).
CREATE FUNCTION market.keep_licence() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.number, NEW.organization, NEW.requested_by, NEW.offer, NEW.dataset, NEW.tier, NEW.purpose, NEW.purpose_text,
        NEW.asked_area, NEW.asked_from, NEW.asked_to, NEW.asked_step, NEW.asked_quota, NEW.created_at, NEW.renews)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.number, OLD.organization, OLD.requested_by, OLD.offer, OLD.dataset, OLD.tier, OLD.purpose, OLD.purpose_text,
        OLD.asked_area, OLD.asked_from, OLD.asked_to, OLD.asked_step, OLD.asked_quota, OLD.created_at, OLD.renews)
       AND NEW.seq = OLD.seq + 1 THEN
      RETURN NEW;
    END IF;
  ELSIF OLD.ended_at < now() - hub.records_kept() THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'what happened is kept as it was' USING ERRCODE = 'MD042';
END $$;
CREATE TRIGGER keep_licence BEFORE UPDATE OR DELETE ON market.licence FOR EACH ROW EXECUTE FUNCTION market.keep_licence();
CREATE TRIGGER keep_licences BEFORE TRUNCATE ON market.licence FOR EACH STATEMENT EXECUTE FUNCTION market.keep();

CREATE TABLE market.message (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  licence      uuid NOT NULL REFERENCES market.licence (id),
  -- the licence's last event when it was written
  seq          integer NOT NULL,
  author       uuid NOT NULL REFERENCES market.person (id),
  from_steward boolean NOT NULL,
  -- null: erased with its author
  body         text CHECK (length(btrim(body)) BETWEEN 1 AND 4000),
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX message_licence ON market.message (licence, created_at);
CREATE INDEX message_author ON market.message (author);

-- Opens the commitment that stands in the log: SHA-256(salt || body). Shown to the parties of the licence.
CREATE TABLE market.leaf_secret (
  leaf_index bigint PRIMARY KEY REFERENCES open.log_leaf (index),
  licence    uuid NOT NULL REFERENCES market.licence (id),
  seq        integer NOT NULL,
  salt       bytea NOT NULL CHECK (length(salt) = 32),
  -- the very bytes that were hashed
  body       text NOT NULL,
  UNIQUE (licence, seq)
);

CREATE TABLE market.api_key (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  lookup       text NOT NULL UNIQUE CHECK (lookup ~ '^[0-9A-Za-z]{8}$'),
  -- SHA-256 of the whole key
  hash         bytea NOT NULL CHECK (length(hash) = 32),
  environment  text NOT NULL CHECK (environment IN ('live', 'test')),
  organization uuid NOT NULL REFERENCES hub.organization (id),
  licence      uuid REFERENCES market.licence (id),
  name         text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 100),
  scopes       text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 20 AND array_position(scopes, NULL) IS NULL),
  -- empty: from everywhere
  ip_allow     cidr[] NOT NULL DEFAULT '{}' CHECK (cardinality(ip_allow) <= 20),
  created_by   uuid NOT NULL REFERENCES market.person (id),
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz CHECK (expires_at >= created_at),
  replaced_by  uuid REFERENCES market.api_key (id),
  revoked_at   timestamptz,
  last_used_on date,
  -- a sandbox key has no licence, any other one
  CONSTRAINT key_of_a_licence CHECK ((environment = 'test') = (licence IS NULL))
);
CREATE INDEX api_key_organization ON market.api_key (organization);
CREATE INDEX api_key_licence ON market.api_key (licence);

-- Appends the leaf of an event, and keeps what opens it. Requests are told by daily counts alone; conversation is not told.
CREATE FUNCTION market.leaf(p_licence market.licence, p_seq integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
  e market.licence_event;
  v_kind text;
  v_salt bytea := market.salt();
  v_body text;
  v_index bigint;
BEGIN
  SELECT * INTO STRICT e FROM market.licence_event WHERE licence = p_licence.id AND seq = p_seq;
  v_kind := CASE e.action WHEN 'APPROVE' THEN 'GRANT' WHEN 'REFUSE' THEN 'REFUSAL' WHEN 'LAPSE' THEN 'LAPSE'
    WHEN 'SUSPEND' THEN 'SUSPENSION' WHEN 'RESUME' THEN 'RESUMPTION' WHEN 'REVOKE' THEN 'REVOCATION'
    WHEN 'SURRENDER' THEN 'SURRENDER' WHEN 'EXPIRE' THEN 'EXPIRY' END;
  IF v_kind IS NULL THEN RETURN NULL; END IF;
  v_body := jsonb_build_object('licence', p_licence.id, 'number', p_licence.number, 'seq', e.seq, 'action', e.action,
    'from', e.from_state, 'to', e.to_state, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'organization', p_licence.organization, 'dataset', p_licence.dataset, 'offer', p_licence.offer, 'purpose', p_licence.purpose,
    'area', to_jsonb(p_licence.area), 'validFrom', p_licence.valid_from, 'validTo', p_licence.valid_to, 'step', p_licence.step,
    'quota', p_licence.quota)::text;
  v_index := open.append_leaf(v_kind, jsonb_build_object('sha256',
    encode(sha256(v_salt || convert_to(v_body, 'UTF8')), 'hex')));
  INSERT INTO market.leaf_secret VALUES (v_index, p_licence.id, p_seq, v_salt, v_body);
  RETURN v_index;
END $$;

-- A zone's slugs and those of all that lies within (parents), for entitlements.
CREATE FUNCTION market.with_parts(p_city text, p_area text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  WITH RECURSIVE part AS (
    SELECT id, slug FROM hub.zone WHERE city_id = p_city AND slug = ANY (p_area)
    UNION SELECT z.id, z.slug FROM hub.zone z JOIN part ON z.parent_id = part.id)
  SELECT CASE WHEN p_area IS NOT NULL THEN coalesce((SELECT array_agg(slug ORDER BY slug) FROM part), '{}') END
$$;

-- Today in the city of a dataset.
CREATE FUNCTION market.today_of(p_dataset text, p_now timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT (p_now AT TIME ZONE c.time_zone)::date FROM hub.dataset d JOIN hub.city c ON c.id = d.city_id WHERE d.id = p_dataset
$$;

CREATE FUNCTION market.day_of(p jsonb, p_field text) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
  IF coalesce(p ->> p_field, '') !~ '^20\d\d-\d\d-\d\d$' THEN PERFORM market.refuse(p_field, 'a day, YYYY-MM-DD'); END IF;
  RETURN (p ->> p_field)::date;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
  PERFORM market.refuse(p_field, 'a day of the calendar');
END $$;

-- A whole positive number, as a JSON number or digits: no sign, fraction or exponent.
CREATE FUNCTION market.count_of(p jsonb, p_field text) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $$
BEGIN
  IF coalesce(p ->> p_field, '') !~ '^[1-9][0-9]{0,12}$' OR (p ->> p_field)::bigint > 1000000000000 THEN
    PERFORM market.refuse(p_field, 'a whole number from 1 to 1000000000000');
  END IF;
  RETURN (p ->> p_field)::bigint;
END $$;

-- Slugs of zones of the dataset's city, sorted, each once; null: the whole city.
CREATE FUNCTION market.area_of(p jsonb, p_dataset text) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  v_area text[];
BEGIN
  IF coalesce(jsonb_typeof(p -> 'area'), 'null') = 'null' THEN RETURN NULL; END IF;
  IF jsonb_typeof(p -> 'area') <> 'array' THEN PERFORM market.refuse('area', 'a list of zones'); END IF;
  v_area := ARRAY(SELECT DISTINCT slug FROM jsonb_array_elements_text(p -> 'area') AS slug ORDER BY slug);
  IF cardinality(v_area) NOT BETWEEN 1 AND 1000 THEN PERFORM market.refuse('area', '1 to 1000 zones'); END IF;
  IF (SELECT count(*) FROM hub.zone z JOIN hub.dataset d ON d.city_id = z.city_id
       WHERE d.id = p_dataset AND z.slug = ANY (v_area)) <> cardinality(v_area) THEN
    PERFORM market.refuse('area', 'zones of the dataset''s city');
  END IF;
  RETURN v_area;
END $$;

-- The finer of two steps is refused: nobody is given more than the licensed view shows.
CREATE FUNCTION market.step_of(p jsonb, p_dataset text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  v_finest text;
BEGIN
  SELECT finest_step INTO v_finest FROM hub.dataset_view WHERE dataset_id = p_dataset AND tier = 'LICENSED';
  IF NOT FOUND THEN PERFORM market.refuse('offer', 'this dataset has nothing to license'); END IF;
  IF p ->> 'step' IS NOT NULL AND market.step_rank(p ->> 'step') IS NULL THEN PERFORM market.refuse('step', 'a step that there is'); END IF;
  IF v_finest IS NOT NULL AND coalesce(market.step_rank(p ->> 'step') < market.step_rank(v_finest), true) THEN
    PERFORM market.refuse('step', 'not finer than ' || v_finest);
  END IF;
  RETURN p ->> 'step';
END $$;

-- One step of the machine, under the row's lock: event, row, leaf, access, audit. Callers have checked who may.
--   raises MD040 when p_seq is not the licence's, MD041 when the machine has no such step
CREATE FUNCTION market.step(p_licence uuid, p_seq integer, p_action text, p_side text, p_actor uuid, p_reason text,
  p_detail jsonb, p_at timestamptz, p_new market.licence) RETURNS market.licence
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
  l market.licence;
  n market.licence := p_new;
  t market.transition;
  v_reason text := nullif(btrim(p_reason), '');
BEGIN
  SELECT * INTO l FROM market.licence WHERE id = p_licence FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF p_seq IS DISTINCT FROM l.seq THEN RAISE EXCEPTION 'someone was faster' USING ERRCODE = 'MD040'; END IF;
  SELECT * INTO t FROM market.transition WHERE from_state = l.state AND action = p_action AND p_side = ANY (by);
  IF NOT FOUND THEN RAISE EXCEPTION 'a licence that is % has no %', l.state, p_action USING ERRCODE = 'MD041'; END IF;
  IF p_action IN ('REFUSE', 'SUSPEND', 'REVOKE') AND length(coalesce(v_reason, '')) < 10 THEN
    PERFORM market.refuse('reason', 'at least 10 characters', 'Say why, so that a person understands it.');
  END IF;
  INSERT INTO market.licence_event (licence, seq, action, from_state, to_state, actor, at, reason, detail)
    VALUES (l.id, l.seq + 1, p_action, l.state, t.to_state, p_actor, p_at, v_reason, coalesce(p_detail, '{}'));
  UPDATE market.licence SET state = t.to_state, seq = l.seq + 1, changed_at = p_at,
         area = n.area, valid_from = n.valid_from, valid_to = n.valid_to, step = n.step, quota = n.quota,
         conditions = n.conditions, high_risk = n.high_risk, first_approver = n.first_approver,
         decided_at = n.decided_at, decided_by = n.decided_by,
         activated_at = CASE WHEN p_action = 'ACTIVATE' THEN p_at ELSE l.activated_at END,
         ended_at = CASE WHEN t.to_state IN ('EXPIRED', 'REVOKED', 'LAPSED', 'WITHDRAWN', 'REFUSED') THEN p_at END
   WHERE id = l.id RETURNING * INTO n;
  PERFORM market.leaf(n, n.seq);
  IF l.activated_at IS NOT NULL OR n.activated_at IS NOT NULL THEN PERFORM market.raise_access(); END IF;
  PERFORM market.audit_write(p_actor, 'LICENCE_' || p_action, 'LICENCE', l.id::text, v_reason,
    to_jsonb(l) - 'purpose_text', to_jsonb(n) - 'purpose_text');
  RETURN n;
EXCEPTION WHEN unique_violation THEN
  RAISE EXCEPTION 'this was done before' USING ERRCODE = 'MD041';
END $$;

-- Keys of a licence that ended go on with its renewal.
CREATE FUNCTION market.hand_over_keys(p_old uuid, p_new uuid) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  UPDATE market.api_key k SET licence = n.id FROM market.licence o, market.licence n
   WHERE k.licence = o.id AND o.id = p_old AND n.id = p_new AND n.renews = o.id AND k.revoked_at IS NULL
     AND n.state = 'ACTIVE' AND o.state IN ('EXPIRED', 'WITHDRAWN')
$$;

-- Who the actor is to a licence: APPLICANT for members that act for their organisation, else STEWARD (the caller has
-- checked that they are one). Nobody decides for an organisation of their own.
CREATE FUNCTION market.side_of(p_actor uuid, p_licence market.licence) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  v_role text := market.role_of(p_actor, p_licence.organization);
BEGIN
  IF NOT EXISTS (SELECT FROM market.person WHERE id = p_actor AND erased_at IS NULL) THEN
    RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044';
  END IF;
  IF v_role = 'VIEWER' THEN RAISE EXCEPTION 'this needs another role in the organisation' USING ERRCODE = 'MD042'; END IF;
  RETURN CASE WHEN v_role IS NULL AND p_actor <> p_licence.requested_by THEN 'STEWARD' ELSE 'APPLICANT' END;
END $$;

-- Asks for a licence.
--   p {actor, organization, offer, purpose, purposeText, area, from, to, step, quota, renews}
CREATE FUNCTION market.request_licence(p jsonb) RETURNS market.licence
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  l market.licence;
  o hub.offer;
  v_now timestamptz := clock_timestamp();
  v_old market.licence;
BEGIN
  PERFORM market.serial();
  PERFORM market.only(p, ARRAY['actor', 'organization', 'offer', 'purpose', 'purposeText', 'area', 'from', 'to', 'step', 'quota', 'renews']);
  l.requested_by := (p ->> 'actor')::uuid;
  l.organization := (p ->> 'organization')::uuid;
  PERFORM FROM hub.organization WHERE id = l.organization FOR UPDATE;
  PERFORM market.demand(l.requested_by, l.organization, ARRAY['OWNER', 'MANAGER', 'DEVELOPER']);
  SELECT * INTO o FROM hub.offer WHERE id = (p ->> 'offer')::uuid;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF o.tier <> 'LICENSED' THEN PERFORM market.refuse('offer', 'this offer needs no licence', 'Use the data with a key or without.'); END IF;
  IF EXISTS (SELECT FROM hub.offer n WHERE n.dataset_id = o.dataset_id AND n.tier = o.tier AND n.version > o.version) THEN
    PERFORM market.refuse('offer', 'there is a newer version of this offer', 'Load the offer again.');
  END IF;
  IF coalesce(p ->> 'purpose', '') <> ALL (o.purposes) THEN PERFORM market.refuse('purpose', 'a purpose of the offer'); END IF;
  IF length(btrim(coalesce(p ->> 'purposeText', ''))) NOT BETWEEN 20 AND 4000 THEN
    PERFORM market.refuse('purposeText', '20 to 4000 characters', 'Say what the data are for.');
  END IF;
  l.id := gen_random_uuid();
  l.offer := o.id; l.dataset := o.dataset_id; l.tier := o.tier;
  l.purpose := p ->> 'purpose'; l.purpose_text := btrim(p ->> 'purposeText');
  l.asked_area := market.area_of(p, o.dataset_id);
  l.asked_from := market.day_of(p, 'from');
  l.asked_to := market.day_of(p, 'to');
  IF l.asked_to < l.asked_from THEN PERFORM market.refuse('to', 'not before the first day'); END IF;
  IF l.asked_to - l.asked_from > 1830 THEN PERFORM market.refuse('to', 'at most five years'); END IF;
  -- Use ends with the last day: a period that is over would be none.
  IF l.asked_to < market.today_of(o.dataset_id, v_now) THEN PERFORM market.refuse('to', 'today or later'); END IF;
  l.asked_step := market.step_of(p, o.dataset_id);
  l.asked_quota := market.count_of(p, 'quota');
  l.price_minor := o.price; l.currency := o.currency;
  l.high_risk := (SELECT high_risk FROM hub.dataset WHERE id = o.dataset_id);
  IF p ->> 'renews' IS NOT NULL THEN
    SELECT * INTO v_old FROM market.licence WHERE id = (p ->> 'renews')::uuid;
    IF NOT FOUND OR v_old.organization <> l.organization THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
    IF v_old.dataset <> l.dataset OR v_old.state NOT IN ('ACTIVE', 'EXPIRED') THEN
      PERFORM market.refuse('renews', 'a licence of this dataset that is active or has expired');
    END IF;
    l.renews := v_old.id;
  END IF;
  IF (SELECT count(*) FROM market.licence WHERE organization = l.organization AND state IN ('REQUESTED', 'INFO_NEEDED')) >= 20 THEN
    PERFORM market.refuse('organization', 'at most 20 requests are open at once', 'Withdraw some, or wait for the decisions.');
  END IF;
  INSERT INTO market.licence_event (licence, seq, action, from_state, to_state, actor, at, reason, detail)
    VALUES (l.id, 1, 'REQUEST', 'NONE', 'REQUESTED', l.requested_by, v_now, NULL, '{}');
  BEGIN
    INSERT INTO market.licence (id, organization, requested_by, offer, dataset, tier, state, seq, purpose, purpose_text, asked_area,
        asked_from, asked_to, asked_step, asked_quota, price_minor, currency, high_risk, created_at, due_at, changed_at, renews)
      VALUES (l.id, l.organization, l.requested_by, l.offer, l.dataset, l.tier, 'REQUESTED', 1, l.purpose, l.purpose_text, l.asked_area,
        l.asked_from, l.asked_to, l.asked_step, l.asked_quota, l.price_minor, l.currency, l.high_risk, v_now,
        v_now + make_interval(days => o.decision_days), v_now, l.renews)
      RETURNING * INTO l;
  EXCEPTION WHEN unique_violation THEN
    PERFORM market.refuse('renews', 'a renewal of it is under way already');
  END;
  PERFORM market.audit_write(l.requested_by, 'LICENCE_REQUEST', 'LICENCE', l.id::text, NULL, NULL, to_jsonb(l) - 'purpose_text');
  RETURN l;
END $$;

-- Every act of a person on a licence. Who is a member acts as applicant, everybody else as steward: that they are one, the
-- caller has checked.
--   p_seq    the licence's, as the actor saw it
--   p_detail {message} for every action; with APPROVE also {area, from, to, step, quota, conditions}: what is granted, at most
--            what was asked for; a field that is left out is granted as asked
--   raises MD040 someone was faster, MD041 no such transition, MD042 not allowed, MD043 a value, MD044 no such thing
-- The first APPROVE of a high-risk request becomes ENDORSE; the second, by somebody else, must be of the same terms.
CREATE FUNCTION market.act(p_licence uuid, p_seq integer, p_action text, p_actor uuid, p_reason text, p_detail jsonb)
RETURNS market.licence
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  l market.licence;
  n market.licence;
  v_side text;
  v_action text := p_action;
  v_now timestamptz := clock_timestamp();
  v_detail jsonb := coalesce(p_detail, '{}');
  v_message text := nullif(btrim(p_detail ->> 'message'), '');
  v_free boolean;
BEGIN
  PERFORM market.serial();
  PERFORM market.only(v_detail, CASE WHEN p_action = 'APPROVE'
    THEN ARRAY['message', 'area', 'from', 'to', 'step', 'quota', 'conditions'] ELSE ARRAY['message'] END);
  SELECT * INTO l FROM market.licence WHERE id = p_licence FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  v_side := market.side_of(p_actor, l);
  IF p_seq IS DISTINCT FROM l.seq THEN RAISE EXCEPTION 'someone was faster' USING ERRCODE = 'MD040'; END IF;
  IF p_action IN ('REQUEST', 'ENDORSE') OR NOT EXISTS (SELECT FROM market.transition WHERE from_state = l.state AND action = p_action) THEN
    RAISE EXCEPTION 'a licence that is % has no %', l.state, p_action USING ERRCODE = 'MD041';
  END IF;
  IF NOT EXISTS (SELECT FROM market.transition WHERE from_state = l.state AND action = p_action AND v_side = ANY (by)) THEN
    RAISE EXCEPTION 'this is for the other side to do' USING ERRCODE = 'MD042';
  END IF;
  IF p_action IN ('ASK', 'ANSWER', 'APPEAL') AND v_message IS NULL THEN
    PERFORM market.refuse('message', '1 to 4000 characters', 'Write what is asked, answered or objected to.');
  END IF;
  IF length(v_message) > 4000 THEN PERFORM market.refuse('message', '1 to 4000 characters'); END IF;
  IF length(p_reason) > 4000 THEN PERFORM market.refuse('reason', 'at most 4000 characters'); END IF;
  n := l;
  IF p_action IN ('APPROVE', 'REFUSE') AND p_actor = l.requested_by THEN
    RAISE EXCEPTION 'nobody decides a request of their own' USING ERRCODE = 'MD042';
  END IF;
  -- An appeal is decided by somebody else than who refused.
  IF p_action IN ('APPROVE', 'REFUSE') AND EXISTS (SELECT FROM market.licence_event
       WHERE licence = l.id AND action = 'REFUSE' AND actor = p_actor) THEN
    RAISE EXCEPTION 'an appeal is decided by somebody else' USING ERRCODE = 'MD042';
  END IF;
  IF p_action = 'APPROVE' THEN
    IF v_detail ? 'area' OR l.valid_from IS NULL THEN
      n.area := CASE WHEN v_detail ? 'area' THEN market.area_of(v_detail, l.dataset) ELSE l.asked_area END;
    END IF;
    IF v_detail ? 'from' THEN n.valid_from := market.day_of(v_detail, 'from'); ELSE n.valid_from := coalesce(l.valid_from, l.asked_from); END IF;
    IF v_detail ? 'to' THEN n.valid_to := market.day_of(v_detail, 'to'); ELSE n.valid_to := coalesce(l.valid_to, l.asked_to); END IF;
    IF v_detail ? 'step' THEN n.step := market.step_of(v_detail, l.dataset);
    ELSIF l.valid_from IS NULL THEN n.step := l.asked_step; END IF;
    IF v_detail ? 'quota' THEN n.quota := market.count_of(v_detail, 'quota'); ELSE n.quota := coalesce(l.quota, l.asked_quota); END IF;
    IF v_detail ? 'conditions' THEN n.conditions := nullif(btrim(v_detail ->> 'conditions'), ''); END IF;
    IF length(n.conditions) > 4000 THEN PERFORM market.refuse('conditions', 'at most 4000 characters'); END IF;
    IF l.asked_area IS NOT NULL AND NOT coalesce(n.area <@ l.asked_area, false) THEN PERFORM market.refuse('area', 'within what was asked for'); END IF;
    IF n.valid_from < l.asked_from OR n.valid_from > n.valid_to THEN PERFORM market.refuse('from', 'within what was asked for'); END IF;
    IF n.valid_to > l.asked_to THEN PERFORM market.refuse('to', 'within what was asked for'); END IF;
    IF n.valid_to < market.today_of(l.dataset, v_now) THEN PERFORM market.refuse('to', 'today or later'); END IF;
    IF l.asked_step IS NOT NULL AND coalesce(market.step_rank(n.step) < market.step_rank(l.asked_step), true) THEN
      PERFORM market.refuse('step', 'not finer than what was asked for');
    END IF;
    IF n.quota > l.asked_quota THEN PERFORM market.refuse('quota', 'at most what was asked for'); END IF;
    n.high_risk := l.high_risk OR (SELECT high_risk FROM hub.dataset WHERE id = l.dataset);
    IF n.high_risk AND l.first_approver IS NULL THEN
      v_action := 'ENDORSE';
      n.first_approver := p_actor;
    ELSE
      IF l.first_approver = p_actor THEN
        RAISE EXCEPTION 'two different people approve what is of high risk' USING ERRCODE = 'MD042';
      END IF;
      IF l.first_approver IS NOT NULL AND (n.area, n.valid_from, n.valid_to, n.step, n.quota, n.conditions)
           IS DISTINCT FROM (l.area, l.valid_from, l.valid_to, l.step, l.quota, l.conditions) THEN
        PERFORM market.refuse('terms', 'the same as the first approval''s', 'Leave the terms out, or ask and begin again.');
      END IF;
      n.decided_at := v_now; n.decided_by := p_actor;
    END IF;
  ELSIF p_action = 'REFUSE' THEN
    n.decided_at := v_now; n.decided_by := p_actor;
  END IF;
  -- What a first approval had fixed is open again when the talk goes on.
  IF p_action IN ('ASK', 'REFUSE', 'APPEAL') THEN
    n.first_approver := NULL; n.area := NULL; n.valid_from := NULL; n.valid_to := NULL; n.step := NULL; n.quota := NULL;
    n.conditions := NULL;
  END IF;
  IF p_action = 'APPEAL' THEN n.decided_at := NULL; n.decided_by := NULL; END IF;
  n := market.step(l.id, l.seq, v_action, v_side, p_actor, p_reason, v_detail - 'message', v_now, n);
  IF v_message IS NOT NULL THEN
    INSERT INTO market.message (licence, seq, author, from_steward, body)
      VALUES (l.id, n.seq, p_actor, v_side = 'STEWARD', v_message);
  END IF;
  -- What is free and without conditions needs no yes.
  IF n.state = 'APPROVED' THEN
    SELECT price_model = 'FREE' INTO v_free FROM hub.offer WHERE id = n.offer;
    IF v_free AND n.conditions IS NULL AND n.valid_from <= market.today_of(n.dataset, v_now) THEN
      n := market.step(n.id, n.seq, 'ACTIVATE', 'CLOCK', NULL, NULL, '{}', v_now, n);
    END IF;
  END IF;
  IF n.state = 'ACTIVE' AND n.renews IS NOT NULL THEN PERFORM market.hand_over_keys(n.renews, n.id); END IF;
  IF n.state = 'WITHDRAWN' THEN
    PERFORM market.hand_over_keys(n.id, r.id) FROM market.licence r WHERE r.renews = n.id AND r.state = 'ACTIVE';
  END IF;
  RETURN n;
END $$;

-- Moves what time moves, as of p_now: requests that nobody decided and grants that nobody accepted for 45 days lapse,
-- free grants begin, licences end with their last day in the city's time zone. Answers how many steps it took.
-- Rows that somebody is acting on are left for the next time.
CREATE FUNCTION market.run_clock(p_now timestamptz DEFAULT clock_timestamp()) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  l market.licence;
  v_licence uuid;
  v_action text;
  v_steps integer := 0;
BEGIN
  PERFORM market.serial();
  FOR v_licence, v_action IN
    SELECT q.id, w.action
      FROM market.licence q JOIN hub.dataset s ON s.id = q.dataset JOIN hub.city c ON c.id = s.city_id
      JOIN hub.offer o ON o.id = q.offer, LATERAL (SELECT CASE
          WHEN q.state IN ('ACTIVE', 'SUSPENDED') AND q.valid_to < (p_now AT TIME ZONE c.time_zone)::date THEN 'EXPIRE'
          WHEN q.state IN ('REQUESTED', 'INFO_NEEDED', 'APPROVED') AND q.changed_at + interval '45 days' <= p_now THEN 'LAPSE'
          WHEN q.state = 'APPROVED' AND o.price_model = 'FREE' AND q.conditions IS NULL
            AND q.valid_from <= (p_now AT TIME ZONE c.time_zone)::date THEN 'ACTIVATE' END) AS w (action)
     WHERE q.state IN ('REQUESTED', 'INFO_NEEDED', 'APPROVED', 'ACTIVE', 'SUSPENDED') AND w.action IS NOT NULL
     ORDER BY q.id FOR UPDATE OF q SKIP LOCKED
  LOOP
    SELECT * INTO l FROM market.licence WHERE id = v_licence;
    PERFORM market.step(l.id, l.seq, v_action, 'CLOCK', NULL, NULL, '{}', p_now, l);
    IF v_action = 'ACTIVATE' AND l.renews IS NOT NULL THEN PERFORM market.hand_over_keys(l.renews, l.id); END IF;
    IF v_action = 'EXPIRE' THEN
      PERFORM market.hand_over_keys(l.id, r.id) FROM market.licence r WHERE r.renews = l.id AND r.state = 'ACTIVE';
    END IF;
    v_steps := v_steps + 1;
  END LOOP;
  RETURN v_steps;
END $$;
