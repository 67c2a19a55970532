-- Incidents that snap (rule P14): public points, and the last check before a sensitive row is public.
SET lock_timeout = '5s';

-- A device may speak for accounts whose holders its organization has verified.
ALTER TABLE hub.stream_right ADD COLUMN vouches boolean NOT NULL DEFAULT false;

-- A city's fixed set of public points; a change is a new version. How far a report may lie from one, in metres.
CREATE TABLE hub.snap_version (
  city_id    text NOT NULL REFERENCES hub.city (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  version    integer NOT NULL,
  reach_m    integer NOT NULL CHECK (reach_m BETWEEN 50 AND 2000),
  valid_from date NOT NULL,
  CONSTRAINT snap_version_pkey PRIMARY KEY (city_id, version)
);
CREATE TABLE hub.snap_point (
  city_id   text NOT NULL,
  version   integer NOT NULL,
  slug      text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  zone_id   text NOT NULL REFERENCES hub.zone (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  name_ko   text NOT NULL,
  name_en   text NOT NULL,
  longitude double precision NOT NULL,
  latitude  double precision NOT NULL,
  -- addresses that are nearer to it than to any other: with fewer it would be a home, not a place
  addresses integer NOT NULL CHECK (addresses >= 8),
  CONSTRAINT snap_point_pkey PRIMARY KEY (city_id, version, slug),
  CONSTRAINT snap_point_city_id_version_fkey FOREIGN KEY (city_id, version)
    REFERENCES hub.snap_version (city_id, version) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX snap_point_zone_id_idx ON hub.snap_point (zone_id);

-- Points stand still: a report of yesterday and one of today must mean the same place.
CREATE FUNCTION hub.snap_points_stand() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'snap points are fixed: add a new version' USING ERRCODE = 'MD030';
END $$;
CREATE TRIGGER snap_points_stand BEFORE UPDATE OR DELETE ON hub.snap_point FOR EACH ROW EXECUTE FUNCTION hub.snap_points_stand();

-- Rows of an incident dataset say whom they leave out (R-2.3).
ALTER TABLE hub.dataset ADD CONSTRAINT incidents_state_bias
  CHECK ((kind <> 'EVENTS' AND domain <> 'SAFETY') OR (length(bias_statement_ko) > 0 AND length(bias_statement_en) > 0) IS TRUE);

ALTER TABLE open.event
  ADD COLUMN snapped      boolean NOT NULL DEFAULT false,
  ADD COLUMN snap_city    text,
  ADD COLUMN snap_version integer,
  ADD COLUMN snap_point   text,
  ADD COLUMN cause        text CHECK (cause IN ('ENVIRONMENT', 'HUMAN', 'TECHNICAL')),
  ALTER COLUMN geometry DROP NOT NULL,
  ADD CONSTRAINT event_snap_point FOREIGN KEY (snap_city, snap_version, snap_point)
    REFERENCES hub.snap_point (city_id, version, slug),
  DROP CONSTRAINT event_category_check;
ALTER TABLE open.event
  ADD CONSTRAINT event_category_check CHECK (category IN ('ROAD_WORKS', 'POTHOLE', 'FALLEN_OBJECT', 'WATER_LEAK', 'STREET_LIGHT',
    'WEATHER_WARNING', 'ROAD_CLOSURE', 'CROWD_LEVEL_CHANGE', 'TRAFFIC_ACCIDENT', 'DUMPING', 'NOISE')),
  -- Not checked for rows from before: those of a sensitive kind are hidden below.
  ADD CONSTRAINT sensitive_is_snapped CHECK (snapped = (category IN ('TRAFFIC_ACCIDENT', 'DUMPING', 'NOISE'))) NOT VALID,
  ADD CONSTRAINT place_is_snap_point CHECK ((geometry IS NULL) = (snapped AND snap_point IS NULL)),
  ADD CONSTRAINT snap_fields CHECK (snapped = (snap_version IS NOT NULL) AND snapped = (snap_city IS NOT NULL)
    AND (snapped OR (snap_point IS NULL AND cause IS NULL)));

-- Whether [from, to) is a block of a city's calendar: three hours from local midnight, the last one up to the next midnight.
CREATE FUNCTION open.is_block(p_from timestamptz, p_to timestamptz, p_time_zone text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  v_day   date := (p_from AT TIME ZONE p_time_zone)::date;
  v_start timestamptz := v_day::timestamp AT TIME ZONE p_time_zone;
  v_end   timestamptz := (v_day + 1)::timestamp AT TIME ZONE p_time_zone;
  v_last  integer := floor(extract(epoch FROM v_end - v_start) / 10800) - 1;
  v_nth   numeric := extract(epoch FROM p_from - v_start) / 10800;
BEGIN
  RETURN (v_nth = floor(v_nth) AND v_nth BETWEEN 0 AND v_last
    AND p_to = CASE WHEN v_nth = v_last THEN v_end ELSE p_from + interval '3 hours' END) IS TRUE;
END $$;

-- The last wall: a sensitive row is at a public point or nowhere, tells a whole block, and shows 24 h after it; no path is around it.
CREATE FUNCTION open.snapped_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  v_city hub.city;
  v_point hub.snap_point;
BEGIN
  SELECT c.* INTO v_city FROM hub.dataset d JOIN hub.city c ON c.id = d.city_id WHERE d.id = NEW.dataset;
  IF NEW.snap_city IS DISTINCT FROM v_city.id OR NOT open.is_block(NEW.starts_at, NEW.ends_at, v_city.time_zone)
     OR NEW.published_at < NEW.ends_at + interval '24 hours' OR now() < NEW.ends_at + interval '24 hours' THEN
    RAISE EXCEPTION 'not a block that ended 24 hours ago' USING ERRCODE = 'MD005';
  END IF;
  IF NEW.snap_point IS NOT NULL THEN
    SELECT * INTO v_point FROM hub.snap_point
     WHERE city_id = NEW.snap_city AND version = NEW.snap_version AND slug = NEW.snap_point;
    IF NOT FOUND OR NEW.zone <> v_point.zone_id
       OR NEW.geometry IS DISTINCT FROM
          jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(v_point.longitude, v_point.latitude)) THEN
      RAISE EXCEPTION 'not a snap point' USING ERRCODE = 'MD005';
    END IF;
  ELSIF NOT EXISTS (SELECT FROM hub.zone WHERE id = NEW.zone AND city_id = NEW.snap_city AND kind = 'CITY') THEN
    RAISE EXCEPTION 'without a snap point the place is the city' USING ERRCODE = 'MD005';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER snapped_event BEFORE INSERT ON open.event FOR EACH ROW
  WHEN (NEW.snapped OR NEW.category IN ('TRAFFIC_ACCIDENT', 'DUMPING', 'NOISE')) EXECUTE FUNCTION open.snapped_event();

-- Publishes an unlocked cell whole: a row a kind, the same in every event dataset that the population's reports feed, whatever
-- its tier, so that no two tiers together tell more than one. A cell stands as it was published first.
--   p_fact {population, snapVersion, point or null, startsAt, endsAt, incidents: [{category, severity, cause}]}
--   raises MD005 for a cell with fewer than two kinds, an unknown kind, no dataset, or what the trigger refuses
CREATE FUNCTION open.publish_snapped(p_fact jsonb, p_published timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_population integer := (p_fact ->> 'population')::integer;
  v_version    integer := (p_fact ->> 'snapVersion')::integer;
  v_from       timestamptz := (p_fact ->> 'startsAt')::timestamptz;
  v_to         timestamptz := (p_fact ->> 'endsAt')::timestamptz;
  v_point      hub.snap_point;
  v_city       text := (SELECT city_id FROM hub.population WHERE number = v_population);
  v_datasets   text[] := ARRAY(
    SELECT DISTINCT d.id FROM hub.dataset d JOIN hub."_DatasetToFeed" j ON j."A" = d.id JOIN hub.feed f ON f.id = j."B"
     WHERE f.population_number = v_population AND 'report' = ANY (f.reading_types) AND d.kind = 'EVENTS' ORDER BY d.id);
  v_kinds      text[] := ARRAY(SELECT DISTINCT i ->> 'category' FROM jsonb_array_elements(p_fact -> 'incidents') i ORDER BY 1);
  v_zone       text;
  v_row        record;
BEGIN
  IF cardinality(v_kinds) < 2 OR cardinality(v_kinds) <> jsonb_array_length(p_fact -> 'incidents')
     OR NOT v_kinds <@ ARRAY['TRAFFIC_ACCIDENT', 'DUMPING', 'NOISE'] OR cardinality(v_datasets) = 0 THEN
    RAISE EXCEPTION 'not a cell that may be published' USING ERRCODE = 'MD005';
  END IF;
  PERFORM pg_advisory_xact_lock(7392, v_population);
  IF EXISTS (SELECT FROM open.event e
              WHERE e.dataset = ANY (v_datasets) AND e.snapped AND e.snap_version = v_version
                AND e.snap_point IS NOT DISTINCT FROM p_fact ->> 'point' AND e.starts_at = v_from) THEN
    RETURN;
  END IF;
  IF p_fact ->> 'point' IS NULL THEN
    v_zone := (SELECT min(id) FROM hub.zone WHERE city_id = v_city AND kind = 'CITY');
  ELSE
    SELECT * INTO v_point FROM hub.snap_point
     WHERE city_id = v_city AND version = v_version AND slug = p_fact ->> 'point';
    v_zone := v_point.zone_id;
  END IF;
  IF v_zone IS NULL THEN RAISE EXCEPTION 'not a snap point' USING ERRCODE = 'MD005'; END IF;
  FOR v_row IN
    INSERT INTO open.event (id, dataset, key, revision, category, severity, urgency, certainty, starts_at, ends_at, zone,
                            geometry, published_at, snapped, snap_city, snap_version, snap_point, cause)
      SELECT gen_random_uuid(), d.id,
             lower(replace(i ->> 'category', '_', '-')) || '-' || coalesce(v_point.slug, 'city') || '-'
               || v_version || '-' || extract(epoch FROM v_from)::bigint / 3600,
             1, i ->> 'category', i ->> 'severity', 'PAST', 'LIKELY', v_from, v_to, v_zone,
             CASE WHEN v_point.slug IS NOT NULL THEN jsonb_build_object('type', 'Point', 'coordinates',
               jsonb_build_array(v_point.longitude, v_point.latitude)) END,
             p_published, true, v_city, v_version, v_point.slug, i ->> 'cause'
        FROM unnest(v_datasets) AS d (id) CROSS JOIN jsonb_array_elements(p_fact -> 'incidents') i
       ORDER BY d.id, i ->> 'category'
    RETURNING *
  LOOP
    PERFORM open.append_leaf('FACT', jsonb_build_object('id', v_row.id, 'dataset', v_row.dataset,
      'sha256', encode(sha256(convert_to(to_jsonb(v_row)::text, 'UTF8')), 'hex')));
    INSERT INTO open.outbox (kind, body, published_at)
      VALUES ('FACT', jsonb_build_object('id', v_row.id, 'dataset', v_row.dataset), p_published);
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION open.is_block(timestamptz, timestamptz, text), open.publish_snapped(jsonb, timestamptz),
  open.snapped_event(), hub.snap_points_stand() FROM PUBLIC;

-- What lies outside the privacy statement: event rows about things, availability, freshness. Nothing else passes.
--   p_class EVENT {id, dataset, key, revision, category, severity, urgency, certainty, startsAt, endsAt, zone, geometry}
--           SNAPPED (an unlocked cell, see open.publish_snapped) · AVAILABILITY {dataset, zone, at, vehicles, docks}
--           FRESHNESS {feed, at, state, lastHeartbeat}
--   p_schedule_seconds: published at its next instant. Repeating a fact changes nothing.
--   raises MD005 for another class, a dataset of another kind, a zone of another city; constraints refuse the rest
CREATE OR REPLACE FUNCTION open.publish_fact(p_class text, p_fact jsonb, p_schedule_seconds integer) RETURNS void
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
  IF p_class = 'SNAPPED' THEN
    PERFORM open.publish_snapped(p_fact, v_published);
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

-- The latest published revision of each event; a sensitive row from before this check shows no more.
CREATE OR REPLACE VIEW open.published_event AS
  SELECT DISTINCT ON (dataset, key) * FROM open.event
   WHERE published_at <= now() AND (snapped OR category NOT IN ('TRAFFIC_ACCIDENT', 'DUMPING', 'NOISE'))
   ORDER BY dataset, key, revision DESC;

GRANT SELECT ON hub.snap_version, hub.snap_point TO madang_api, madang_ingest;
GRANT SELECT ON hub.stream_right TO madang_ingest;
