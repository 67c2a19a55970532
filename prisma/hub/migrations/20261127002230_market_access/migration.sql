-- Keys, what is entitled, the two clocks of deletion, public figures, and who may call what.
SET lock_timeout = '5s';

-- Makes a key of an organisation; the secret is the caller's to make and to show once.
--   p_licence null: a sandbox key (environment test); raises as market.act
CREATE FUNCTION market.create_key(p_actor uuid, p_organization uuid, p_licence uuid, p_name text, p_lookup text, p_hash bytea,
  p_scopes text[], p_expires_at timestamptz, p_ip_allow cidr[]) RETURNS market.api_key
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  k market.api_key;
  l market.licence;
BEGIN
  PERFORM market.serial();
  PERFORM market.demand(p_actor, p_organization, ARRAY['OWNER', 'MANAGER', 'DEVELOPER']);
  IF length(btrim(coalesce(p_name, ''))) NOT BETWEEN 1 AND 100 THEN PERFORM market.refuse('name', '1 to 100 characters'); END IF;
  IF p_expires_at <= now() THEN PERFORM market.refuse('expiresAt', 'in the future'); END IF;
  IF cardinality(p_scopes) NOT BETWEEN 1 AND 20 OR p_scopes IS NULL THEN PERFORM market.refuse('scopes', '1 to 20 scopes'); END IF;
  IF cardinality(p_ip_allow) > 20 THEN PERFORM market.refuse('ipAllow', 'at most 20 networks'); END IF;
  IF p_licence IS NOT NULL THEN
    SELECT * INTO l FROM market.licence WHERE id = p_licence;
    IF NOT FOUND OR l.organization <> p_organization THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
    IF l.state <> 'ACTIVE' THEN RAISE EXCEPTION 'keys are of active licences' USING ERRCODE = 'MD041'; END IF;
  END IF;
  IF (SELECT count(*) FROM market.api_key WHERE organization = p_organization AND licence IS NOT DISTINCT FROM p_licence
        AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())) >= 20 THEN
    PERFORM market.refuse('name', 'at most 20 keys are valid at once', 'Revoke one.');
  END IF;
  INSERT INTO market.api_key (lookup, hash, environment, organization, licence, name, scopes, ip_allow, created_by, expires_at)
    VALUES (p_lookup, p_hash, CASE WHEN p_licence IS NULL THEN 'test' ELSE 'live' END, p_organization, p_licence, btrim(p_name),
            p_scopes, coalesce(p_ip_allow, '{}'), p_actor, p_expires_at)
    RETURNING * INTO k;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, 'KEY_CREATED', 'KEY', k.id::text, NULL, NULL, to_jsonb(k) - 'hash' - 'lookup');
  RETURN k;
END $$;

-- Replaces a key by a new one of the same rights; the old one stays valid for the overlap (at most a week).
CREATE FUNCTION market.rotate_key(p_actor uuid, p_key uuid, p_lookup text, p_hash bytea, p_overlap interval) RETURNS market.api_key
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  o market.api_key;
  k market.api_key;
BEGIN
  PERFORM market.serial();
  SELECT * INTO o FROM market.api_key WHERE id = p_key FOR UPDATE;
  PERFORM market.demand(p_actor, o.organization, ARRAY['OWNER', 'MANAGER', 'DEVELOPER']);
  IF o.revoked_at IS NOT NULL OR o.replaced_by IS NOT NULL OR o.expires_at <= now() THEN
    RAISE EXCEPTION 'the key is over' USING ERRCODE = 'MD041';
  END IF;
  IF p_overlap IS NULL OR p_overlap < interval '0' OR p_overlap > interval '7 days' THEN
    PERFORM market.refuse('overlapHours', '0 to 168');
  END IF;
  INSERT INTO market.api_key (lookup, hash, environment, organization, licence, name, scopes, ip_allow, created_by, expires_at)
    VALUES (p_lookup, p_hash, o.environment, o.organization, o.licence, o.name, o.scopes, o.ip_allow, p_actor, o.expires_at)
    RETURNING * INTO k;
  UPDATE market.api_key SET replaced_by = k.id, expires_at = least(expires_at, greatest(now() + p_overlap, created_at)) WHERE id = o.id;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, 'KEY_ROTATED', 'KEY', o.id::text, NULL, NULL,
    jsonb_build_object('replacedBy', k.id, 'overlap', p_overlap));
  RETURN k;
END $$;

-- Revokes a key for good. A member does it for their organisation; anybody else as steward, which the caller has checked
-- (p_office): a leaked key must not wait for its owner.
CREATE FUNCTION market.revoke_key(p_actor uuid, p_key uuid, p_reason text DEFAULT NULL, p_office boolean DEFAULT false)
RETURNS market.api_key
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  k market.api_key;
BEGIN
  PERFORM market.serial();
  SELECT * INTO k FROM market.api_key WHERE id = p_key FOR UPDATE;
  IF NOT coalesce(p_office, false) THEN PERFORM market.demand(p_actor, k.organization, ARRAY['OWNER', 'MANAGER', 'DEVELOPER']);
  ELSIF k.id IS NULL THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF k.revoked_at IS NOT NULL THEN RETURN k; END IF;
  UPDATE market.api_key SET revoked_at = now() WHERE id = k.id RETURNING * INTO k;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, 'KEY_REVOKED', 'KEY', k.id::text, p_reason, NULL, NULL);
  RETURN k;
END $$;

-- The key of a lookup, with its hash: what a server compares in constant time.
CREATE FUNCTION market.find_key(p_lookup text) RETURNS TABLE (id uuid, hash bytea, environment text, organization uuid, licence uuid,
  scopes text[], ip_allow cidr[], expires_at timestamptz, revoked_at timestamptz, last_used_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT k.id, k.hash, k.environment, k.organization, k.licence, k.scopes, k.ip_allow, k.expires_at,
         coalesce(k.revoked_at, o.closed_at), k.last_used_on
    FROM market.api_key k JOIN hub.organization o ON o.id = k.organization WHERE k.lookup = p_lookup
$$;

-- Notes the day of a key's last use; at most one write a day and key.
CREATE FUNCTION market.key_used(p_key uuid, p_day date) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE market.api_key SET last_used_on = p_day WHERE id = p_key AND (last_used_on IS NULL OR last_used_on < p_day)
$$;

-- Writes a message of the conversation on a licence; a VIEWER reads alone.
CREATE FUNCTION market.write_message(p_actor uuid, p_licence uuid, p_body text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  l market.licence;
  v_id uuid;
  v_side text;
BEGIN
  PERFORM market.serial();
  SELECT * INTO l FROM market.licence WHERE id = p_licence;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  v_side := market.side_of(p_actor, l);
  IF length(btrim(coalesce(p_body, ''))) NOT BETWEEN 1 AND 4000 THEN PERFORM market.refuse('body', '1 to 4000 characters'); END IF;
  IF (SELECT count(*) FROM market.message WHERE licence = l.id AND author = p_actor AND created_at > now() - interval '1 hour') >= 60 THEN
    PERFORM market.refuse('body', 'at most 60 messages an hour', 'Wait a while.');
  END IF;
  INSERT INTO market.message (licence, seq, author, from_steward, body)
    VALUES (l.id, l.seq, p_actor, v_side = 'STEWARD', btrim(p_body)) RETURNING id INTO v_id;
  PERFORM market.audit_write(p_actor, 'MESSAGE_WRITTEN', 'MESSAGE', v_id::text, NULL, NULL, jsonb_build_object('licence', l.id));
  RETURN v_id;
END $$;

-- Closes an organisation for good: its requests are withdrawn, its licences surrendered, keys revoked, invitations withdrawn,
-- members gone. What it was granted stays on record. Who provides data cannot be closed so.
CREATE FUNCTION market.close_organization(p_actor uuid, p_organization uuid, p_reason text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  l market.licence;
BEGIN
  PERFORM market.serial();
  PERFORM FROM hub.organization WHERE id = p_organization FOR UPDATE;
  PERFORM market.demand(p_actor, p_organization, ARRAY['OWNER']);
  IF EXISTS (SELECT FROM hub.dataset WHERE organization_id = p_organization)
     OR EXISTS (SELECT FROM hub.population WHERE controller_id = p_organization)
     OR EXISTS (SELECT FROM hub.device WHERE organization_id = p_organization AND revoked_at IS NULL) THEN
    RAISE EXCEPTION 'an organisation that provides data cannot be closed' USING ERRCODE = 'MD042';
  END IF;
  FOR l IN SELECT * FROM market.licence WHERE organization = p_organization
             AND state IN ('REQUESTED', 'INFO_NEEDED', 'APPROVED', 'ACTIVE', 'SUSPENDED') ORDER BY id FOR UPDATE
  LOOP
    PERFORM market.step(l.id, l.seq, CASE WHEN l.state IN ('ACTIVE', 'SUSPENDED') THEN 'SURRENDER' ELSE 'WITHDRAW' END, 'APPLICANT',
      p_actor, 'the organisation was closed', '{}', clock_timestamp(), l);
  END LOOP;
  UPDATE market.api_key SET revoked_at = now() WHERE organization = p_organization AND revoked_at IS NULL;
  UPDATE market.invitation SET withdrawn_at = now()
   WHERE organization = p_organization AND accepted_at IS NULL AND withdrawn_at IS NULL;
  UPDATE hub.organization SET closed_at = now() WHERE id = p_organization;
  UPDATE market.member SET left_at = clock_timestamp() WHERE organization = p_organization AND left_at IS NULL;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, 'ORGANIZATION_CLOSED', 'ORGANIZATION', p_organization::text, p_reason, NULL, NULL);
  RETURN p_organization;
END $$;

-- Erases what is personal of a person at once; what was decided stays with their number alone (docs/retention.md).
--   raises MD042 while they own an organisation: they give it away or close it first
CREATE FUNCTION market.erase_person(p_person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  p market.person;
BEGIN
  PERFORM market.serial();
  SELECT * INTO p FROM market.person WHERE id = p_person AND erased_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF EXISTS (SELECT FROM market.member WHERE person = p.id AND left_at IS NULL AND role = 'OWNER') THEN
    RAISE EXCEPTION 'an owner gives the ownership away first, or closes the organisation' USING ERRCODE = 'MD042';
  END IF;
  UPDATE market.member SET left_at = clock_timestamp() WHERE person = p.id AND left_at IS NULL;
  UPDATE market.message SET body = NULL WHERE author = p.id;
  UPDATE market.invitation SET withdrawn_at = now() WHERE email = p.email AND accepted_at IS NULL AND withdrawn_at IS NULL;
  UPDATE market.invitation SET email = NULL WHERE email = p.email OR accepted_by = p.id;
  DELETE FROM market.audit_personal WHERE person = p.id OR body ->> 'email' = p.email;
  UPDATE market.person SET issuer = 'erased', subject = id::text, email = NULL, display_name = NULL, erased_at = now()
   WHERE id = p.id;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p.id, 'PERSON_ERASED', 'PERSON', p.id::text, NULL, NULL, NULL);
END $$;

-- What licences give, or gave: one row a licence that was ever active.
--   area: slugs with all zones within them; null: the whole city
CREATE VIEW market.entitlement AS
  SELECT l.organization, l.id AS licence, l.number, l.dataset, l.tier, l.state, market.with_parts(d.city_id, l.area) AS area,
         l.valid_from, l.valid_to, l.step, l.purpose, l.quota, c.time_zone, l.offer, l.activated_at, l.ended_at
    FROM market.licence l JOIN hub.dataset d ON d.id = l.dataset JOIN hub.city c ON c.id = d.city_id
    JOIN hub.organization g ON g.id = l.organization
   WHERE l.activated_at IS NOT NULL AND g.closed_at IS NULL;

-- What the catalogue says of tiers decides access, too.
CREATE FUNCTION market.catalogue_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM market.raise_access();
  RETURN NULL;
END $$;
CREATE TRIGGER dataset_access AFTER UPDATE ON hub.dataset FOR EACH ROW
  WHEN ((OLD.tier, OLD.is_synthetic, OLD.city_id) IS DISTINCT FROM (NEW.tier, NEW.is_synthetic, NEW.city_id))
  EXECUTE FUNCTION market.catalogue_changed();
CREATE TRIGGER view_access AFTER INSERT OR DELETE ON hub.dataset_view FOR EACH ROW EXECUTE FUNCTION market.catalogue_changed();
CREATE TRIGGER view_changed AFTER UPDATE ON hub.dataset_view FOR EACH ROW
  WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION market.catalogue_changed();

-- Public counts over the last 365 whole UTC days: they are of organisations, not of persons, and step once a day.
--   dataset null: all of them; median_decision_days whole days from request to decision, rounded up
CREATE VIEW market.figures AS
  WITH span AS (SELECT date_trunc('day', now(), 'UTC') AS until)
  SELECT e.dataset, count(*) FILTER (WHERE e.action = 'REQUEST') AS requests, count(*) FILTER (WHERE e.action = 'APPROVE') AS granted,
         count(*) FILTER (WHERE e.action = 'REFUSE') AS refused, count(*) FILTER (WHERE e.action = 'LAPSE') AS lapsed,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY e.days) AS median_decision_days
    FROM span, LATERAL (
      SELECT l.dataset, v.action,
             CASE WHEN v.action IN ('APPROVE', 'REFUSE') THEN ceil(extract(epoch FROM v.at - l.created_at) / 86400)::integer END AS days
        FROM market.licence_event v JOIN market.licence l ON l.id = v.licence
       WHERE v.at < span.until AND v.at >= span.until - interval '365 days') AS e
   GROUP BY GROUPING SETS ((), (e.dataset));

-- Days whose counts of requests stand in the log.
CREATE TABLE market.counted_day (
  day        date PRIMARY KEY,
  leaf_index bigint NOT NULL REFERENCES open.log_leaf (index)
);

-- Tells the log how much was asked and decided on each UTC day that is over; answers how many days it told.
CREATE FUNCTION market.count_days(p_now timestamptz DEFAULT clock_timestamp()) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_today date := (p_now AT TIME ZONE 'UTC')::date;
  v_day date;
  v_days integer := 0;
BEGIN
  PERFORM market.serial();
  v_day := coalesce((SELECT max(day) + 1 FROM market.counted_day),
                    (SELECT (min(at) AT TIME ZONE 'UTC')::date FROM market.licence_event), v_today);
  WHILE v_day < v_today AND v_days < 100 LOOP
    INSERT INTO market.counted_day
      SELECT v_day, open.append_leaf('REQUESTS', jsonb_build_object('day', v_day,
               'requests', count(*) FILTER (WHERE action = 'REQUEST'), 'granted', count(*) FILTER (WHERE action = 'APPROVE'),
               'refused', count(*) FILTER (WHERE action = 'REFUSE'), 'lapsed', count(*) FILTER (WHERE action = 'LAPSE')))
        FROM market.licence_event
       WHERE at >= v_day::timestamp AT TIME ZONE 'UTC' AND at < (v_day + 1)::timestamp AT TIME ZONE 'UTC';
    v_day := v_day + 1;
    v_days := v_days + 1;
  END LOOP;
  RETURN v_days;
END $$;

-- Removes what is older than records are kept (hub.records_kept), counted from the end of each licence; the trail from its
-- beginning. Answers how many licences and entries went.
CREATE FUNCTION market.remove_expired() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_before timestamptz := now() - hub.records_kept();
  v_gone uuid[];
  v_entries bigint;
BEGIN
  PERFORM market.serial();
  v_gone := ARRAY(SELECT l.id FROM market.licence l WHERE l.ended_at < v_before
    AND NOT EXISTS (SELECT FROM market.licence r WHERE r.renews = l.id)
    AND NOT EXISTS (SELECT FROM market.api_key k WHERE k.licence = l.id AND coalesce(k.revoked_at, l.ended_at) >= v_before) LIMIT 500);
  DELETE FROM market.message WHERE licence = ANY (v_gone);
  DELETE FROM market.leaf_secret WHERE licence = ANY (v_gone);
  UPDATE market.api_key SET replaced_by = NULL WHERE licence = ANY (v_gone);
  DELETE FROM market.api_key WHERE licence = ANY (v_gone);
  DELETE FROM market.licence WHERE id = ANY (v_gone);
  DELETE FROM market.licence_event WHERE licence = ANY (v_gone);
  DELETE FROM market.audit WHERE at < v_before;
  GET DIAGNOSTICS v_entries = ROW_COUNT;
  RETURN cardinality(v_gone) + v_entries;
END $$;

GRANT SELECT ON market.transition, market.licence, market.licence_event, market.message, market.leaf_secret, market.entitlement,
  market.figures TO madang_api;
GRANT SELECT (id, lookup, environment, organization, licence, name, scopes, ip_allow, created_by, created_at, expires_at, replaced_by,
  revoked_at, last_used_on) ON market.api_key TO madang_api;
GRANT EXECUTE ON FUNCTION market.request_licence(jsonb), market.act(uuid, integer, text, uuid, text, jsonb),
  market.create_key(uuid, uuid, uuid, text, text, bytea, text[], timestamptz, cidr[]),
  market.rotate_key(uuid, uuid, text, bytea, interval), market.revoke_key(uuid, uuid, text, boolean), market.find_key(text),
  market.key_used(uuid, date), market.write_message(uuid, uuid, text), market.close_organization(uuid, uuid, text),
  market.erase_person(uuid), market.with_parts(text, text[]) TO madang_api;
GRANT EXECUTE ON FUNCTION market.run_clock(timestamptz), market.count_days(timestamptz), market.remove_expired() TO madang_background;
