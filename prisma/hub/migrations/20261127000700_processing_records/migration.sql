-- Processing records (rule P17): written by one function, changed by nobody, removed by one function after three years.
-- The keyring's signed records are told to everybody: a view, and leaves of the log for what readers wait for.
SET lock_timeout = '5s';

-- Adds to the kinds of leaves that there are, whichever those are by now.
DO $$
DECLARE
  v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
                    WHERE conrelid = 'open.log_leaf'::regclass AND conname = 'log_leaf_kind_check');
BEGIN
  v_check := replace(v_check, '''FACT''::text', '''FACT''::text, ''KEY_DESTROYED''::text, ''SIGNING_KEY''::text');
  EXECUTE 'ALTER TABLE open.log_leaf DROP CONSTRAINT log_leaf_kind_check, ADD CONSTRAINT log_leaf_kind_check ' || v_check;
END $$;

-- Three years from the destruction (Personal Information Protection Act art. 28-4, Enforcement Decree art. 29-5), and a
-- month more: the creation of a key is told up to a day and its lateness before its end.
CREATE FUNCTION hub.records_kept() RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$ SELECT interval '3 years 1 month' $$;

-- Which public key signed must be known for as long as any record is kept: those records are never removed.
CREATE FUNCTION hub.keep_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.kind <> 'SIGNING_KEY' AND OLD.at < now() - hub.records_kept() THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'a processing record is kept as it is' USING ERRCODE = 'MD030';
END $$;
-- Also for the owner and for whoever replicates: "always".
CREATE TRIGGER keep_record BEFORE UPDATE OR DELETE ON hub.processing_record
  FOR EACH ROW EXECUTE FUNCTION hub.keep_record();
CREATE TRIGGER keep_records BEFORE TRUNCATE ON hub.processing_record
  FOR EACH STATEMENT EXECUTE FUNCTION hub.keep_record();
ALTER TABLE hub.processing_record ENABLE ALWAYS TRIGGER keep_record, ENABLE ALWAYS TRIGGER keep_records;

CREATE INDEX key_record_number ON hub.processing_record ((detail ->> 'keyring'), ((detail ->> 'number')::bigint))
  WHERE detail ? 'signature';
CREATE INDEX key_record_day ON hub.processing_record (((detail ->> 'population')::integer), (detail ->> 'day'))
  WHERE kind = 'KEY_DESTROYED';

-- Stores records of the keyring, each once.
--   p_records [{id, at, kind, sha256, …}]: sha256 is the record's hash; the rest is kept as it was signed
-- The destruction of a day's keys also leaves a leaf of the log, and ends the record of that day's processing: what was
-- processed (population, day, controller, items), for what (the datasets that were debited), on which basis, until when.
CREATE FUNCTION hub.store_key_records(p_records jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  r record;
  p record;
BEGIN
  FOR r IN
    SELECT (one ->> 'id')::uuid AS id, (one ->> 'at')::timestamptz AS at, one ->> 'kind' AS kind, one ->> 'sha256' AS sha256,
           one - 'id' - 'at' - 'kind' - 'sha256' AS detail
      FROM jsonb_array_elements(p_records) WITH ORDINALITY AS given (one, place) ORDER BY place
  LOOP
    IF r.kind NOT IN ('SIGNING_KEY', 'KEY_CREATED', 'KEY_DESTROYED', 'KEY_ERASED') THEN
      RAISE EXCEPTION 'not a record of the keyring' USING ERRCODE = 'MD031';
    END IF;
    INSERT INTO hub.processing_record (id, at, kind, detail) VALUES (r.id, r.at, r.kind, r.detail) ON CONFLICT DO NOTHING;
    CONTINUE WHEN NOT FOUND;
    IF r.kind = 'SIGNING_KEY' THEN
      PERFORM open.append_leaf(r.kind, jsonb_build_object('keyring', r.detail -> 'keyring', 'number', r.detail -> 'number',
        'publicKey', r.detail -> 'publicKey', 'sha256', r.sha256, 'publishedAt', r.at));
    END IF;
    CONTINUE WHEN r.kind <> 'KEY_DESTROYED';
    SELECT q.number, q.slug, q.unit, o.slug AS controller INTO p
      FROM hub.population q JOIN hub.organization o ON o.id = q.controller_id
     WHERE q.number = (r.detail ->> 'population')::integer;
    CONTINUE WHEN NOT FOUND;
    PERFORM open.append_leaf(r.kind, jsonb_build_object('population', p.slug, 'day', r.detail -> 'day',
      'keyring', r.detail -> 'keyring', 'number', r.detail -> 'number', 'sha256', r.sha256, 'publishedAt', r.at));
    INSERT INTO hub.processing_record (id, at, kind, detail)
      SELECT md5('madang.processing.' || r.id)::uuid, r.at, 'DAY_PROCESSED', jsonb_build_object(
        'population', p.slug, 'day', r.detail -> 'day', 'controller', p.controller, 'destroyedBy', r.at,
        'purposes', (SELECT coalesce(jsonb_agg(DISTINCT n.dataset_id), '[]') FROM ledger.debit d JOIN hub.plan n ON n.number = d.plan
                      WHERE d.population = p.number AND d.day = (r.detail ->> 'day')::date),
        'items', jsonb_build_object('unit', p.unit, 'readings', (SELECT coalesce(jsonb_agg(DISTINCT t ORDER BY t), '[]')
                   FROM hub.feed f CROSS JOIN unnest(f.reading_types) AS t WHERE f.population_number = p.number)),
        'basis', (SELECT coalesce(jsonb_agg(DISTINCT z.collection_basis), '[]')
                    FROM hub.plan n JOIN hub.partition c ON c.plan_number = n.number JOIN hub.zone z ON z.id = c.zone_id
                   WHERE n.population_number = p.number))
      ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

-- Removes records whose time is over; answers how many.
CREATE FUNCTION hub.remove_expired_records() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH gone AS (
    DELETE FROM hub.processing_record WHERE kind <> 'SIGNING_KEY' AND at < now() - hub.records_kept() RETURNING 1)
  SELECT count(*) FROM gone
$$;

-- The keyring's records as they were signed (core/privacy/key-record.ts). `at` is a full hour, from which a record shows.
CREATE VIEW open.published_key_record AS
  SELECT detail ->> 'keyring' AS keyring, (detail ->> 'number')::bigint AS number, at, kind,
         (detail ->> 'population')::integer AS population, (detail ->> 'day')::text AS day,
         (detail ->> 'confirmed')::integer AS confirmed, (detail ->> 'expired')::integer AS expired,
         detail ->> 'publicKey' AS public_key, detail ->> 'previous' AS previous, detail ->> 'signature' AS signature
    FROM hub.processing_record
   WHERE detail ? 'signature' AND at <= now();

REVOKE INSERT ON hub.processing_record FROM madang_background;
REVOKE EXECUTE ON FUNCTION hub.records_kept(), hub.keep_record(), hub.store_key_records(jsonb), hub.remove_expired_records()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.store_key_records(jsonb), hub.remove_expired_records() TO madang_background;
GRANT SELECT ON open.published_key_record TO madang_api;
