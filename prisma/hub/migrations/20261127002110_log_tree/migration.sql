-- The transparency log as one tree whose order never changes (RFC 6962, C2SP tlog-tiles): leaves wait until what they
-- speak of is public, and get their places in batches.
SET lock_timeout = '5s';

-- Rows of these tables are written once: no role changes or removes one, nor does the owner.
CREATE FUNCTION open.keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'MD050';
END $$;

-- Which leaves have no place yet, and from when they may get one. The only table here from which rows go.
CREATE TABLE open.log_waiting (
  leaf_index bigint PRIMARY KEY REFERENCES open.log_leaf (index),
  due timestamptz NOT NULL
);
CREATE INDEX log_waiting_due ON open.log_waiting (due);

-- The entries of the tree: place, and the bytes that are hashed. The hash cannot be another.
CREATE TABLE open.log_entry (
  position   bigint PRIMARY KEY CHECK (position >= 0),
  leaf_index bigint NOT NULL UNIQUE REFERENCES open.log_leaf (index),
  entry      bytea  NOT NULL CHECK (octet_length(entry) <= 65535),
  leaf_hash  bytea  NOT NULL GENERATED ALWAYS AS (sha256('\x00'::bytea || entry)) STORED
);

-- The hashes of tiles at level 1 and above: of 256^level entries each.
CREATE TABLE open.log_node (
  level integer NOT NULL CHECK (level BETWEEN 1 AND 7),
  index bigint  NOT NULL CHECK (index >= 0),
  hash  bytea   NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (level, index)
);

-- What was signed, in the order in which it was.
CREATE TABLE open.log_checkpoint (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  origin       text   NOT NULL CHECK (origin ~ '^[^[:space:]+]+$'),
  verifier_key text   NOT NULL,
  size         bigint NOT NULL CHECK (size >= 0),
  root         bytea  NOT NULL CHECK (octet_length(root) = 32),
  note         text   NOT NULL,
  signed_at    timestamptz NOT NULL DEFAULT now(),
  UNIQUE (origin, size)
);

CREATE FUNCTION open.hash_of_hashes(p_hashes bytea[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
DECLARE
  v_row bytea[] := p_hashes;
BEGIN
  WHILE cardinality(v_row) > 1 LOOP
    v_row := ARRAY(SELECT sha256('\x01'::bytea || v_row[2 * i - 1] || v_row[2 * i])
                     FROM generate_series(1, cardinality(v_row) / 2) AS i ORDER BY i);
  END LOOP;
  RETURN v_row[1];
END $$;

-- Places have no gap: an entry comes behind the last one, or not at all.
CREATE FUNCTION open.next_position() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.position <> coalesce((SELECT max(e.position) FROM open.log_entry e), -1) + 1 THEN
    RAISE EXCEPTION 'the place % is not the next one', NEW.position USING ERRCODE = 'MD051';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER next_position BEFORE INSERT ON open.log_entry FOR EACH ROW EXECUTE FUNCTION open.next_position();

-- A full tile becomes a hash of the level above it.
CREATE FUNCTION open.hash_tiles() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  v_level integer := 1;
  v_index bigint := NEW.position / 256;
  v_full boolean := NEW.position % 256 = 255;
BEGIN
  WHILE v_full LOOP
    IF v_level = 1 THEN
      INSERT INTO open.log_node (level, index, hash)
        SELECT 1, v_index, open.hash_of_hashes(array_agg(e.leaf_hash ORDER BY e.position))
          FROM open.log_entry e WHERE e.position BETWEEN v_index * 256 AND v_index * 256 + 255;
    ELSE
      INSERT INTO open.log_node (level, index, hash)
        SELECT v_level, v_index, open.hash_of_hashes(array_agg(n.hash ORDER BY n.index))
          FROM open.log_node n WHERE n.level = v_level - 1 AND n.index BETWEEN v_index * 256 AND v_index * 256 + 255;
    END IF;
    v_full := v_index % 256 = 255;
    v_level := v_level + 1;
    v_index := v_index / 256;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER hash_tiles AFTER INSERT ON open.log_entry FOR EACH ROW EXECUTE FUNCTION open.hash_tiles();

DO $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['log_leaf', 'log_entry', 'log_node', 'log_checkpoint'] LOOP
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON open.%I FOR EACH ROW EXECUTE FUNCTION open.keep()', v_table);
    EXECUTE format('CREATE TRIGGER keep_rows BEFORE TRUNCATE ON open.%I FOR EACH STATEMENT EXECUTE FUNCTION open.keep()', v_table);
    -- Also for the owner and for whoever replicates.
    EXECUTE format('ALTER TABLE open.%I ENABLE ALWAYS TRIGGER keep_row, ENABLE ALWAYS TRIGGER keep_rows', v_table);
  END LOOP;
END $$;
ALTER TABLE open.log_entry ENABLE ALWAYS TRIGGER next_position;

-- From when a leaf may be seen: with what it speaks of. A debit at the next full hour, because the moment of a debit may
-- tell when a release was worked on (rule P12); a licence's leaf with the next batch.
CREATE FUNCTION open.leaf_due(p_kind text, p_body jsonb, p_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(
    CASE p_kind
      WHEN 'FACT' THEN (SELECT e.published_at FROM open.event e WHERE e.id = (p_body ->> 'id')::uuid)
      WHEN 'DEBIT' THEN to_timestamp((floor(extract(epoch FROM p_at) / 3600) + 1) * 3600)
      ELSE (p_body ->> 'publishedAt')::timestamptz
    END, p_at)
$$;
CREATE FUNCTION open.leaf_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO open.log_waiting (leaf_index, due) VALUES (NEW.index, open.leaf_due(NEW.kind, NEW.body, NEW.at));
  RETURN NULL;
END $$;
CREATE TRIGGER leaf_waits AFTER INSERT ON open.log_leaf FOR EACH ROW EXECUTE FUNCTION open.leaf_waits();

-- Gives places to the leaves that were due at the last full batch by this database's clock, and to no later one, so that a
-- place tells nothing but its batch: within it, leaves stand in the order of their hashes.
--   p_size how many places there are, as the caller knows it · p_batch_seconds how far batches are apart
--   p_limit how many at most; answers how many places there are now
--   raises MD051 when somebody else has given places meanwhile
CREATE FUNCTION open.sequence_leaves(p_size bigint, p_batch_seconds integer, p_limit integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_until timestamptz := to_timestamp(floor(extract(epoch FROM now()) / p_batch_seconds) * p_batch_seconds);
  v_given bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7306, 1);
  IF p_size <> coalesce((SELECT max(position) FROM open.log_entry), -1) + 1 THEN
    RAISE EXCEPTION 'the log has grown meanwhile' USING ERRCODE = 'MD051';
  END IF;
  WITH taken AS (
    DELETE FROM open.log_waiting WHERE leaf_index IN (
      SELECT w.leaf_index FROM open.log_waiting w WHERE w.due <= v_until ORDER BY w.due, w.leaf_index LIMIT p_limit)
    RETURNING leaf_index
  ), entries AS (
    SELECT l.index, convert_to(jsonb_build_object('kind', l.kind, 'leaf', l.body)::text, 'UTF8') AS entry
      FROM taken t JOIN open.log_leaf l ON l.index = t.leaf_index
  )
  INSERT INTO open.log_entry (position, leaf_index, entry)
    SELECT p_size + row_number() OVER (ORDER BY sha256(e.entry), e.index) - 1, e.index, e.entry FROM entries e ORDER BY 1;
  GET DIAGNOSTICS v_given = ROW_COUNT;
  RETURN p_size + v_given;
END $$;

-- Keeps a signed checkpoint; repeating it changes nothing.
--   raises MD052 when the tree has fewer entries, or the log has signed a larger tree, another one of this
--   size, or with another key
CREATE FUNCTION open.store_checkpoint(p_origin text, p_verifier_key text, p_size bigint, p_root bytea, p_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7306, 1);
  IF EXISTS (SELECT FROM open.log_checkpoint c WHERE c.origin = p_origin AND c.size = p_size AND c.root = p_root
                AND c.verifier_key = p_verifier_key) THEN RETURN; END IF;
  IF p_size > coalesce((SELECT max(position) FROM open.log_entry), -1) + 1
     OR EXISTS (SELECT FROM open.log_checkpoint c
                 WHERE c.origin = p_origin AND (c.size >= p_size OR c.verifier_key <> p_verifier_key)) THEN
    RAISE EXCEPTION 'the checkpoint does not continue the log' USING ERRCODE = 'MD052';
  END IF;
  INSERT INTO open.log_checkpoint (origin, verifier_key, size, root, note)
    VALUES (p_origin, p_verifier_key, p_size, p_root, p_note);
END $$;

CREATE VIEW open.published_checkpoint AS
  SELECT origin, verifier_key, size, root, note, signed_at FROM open.log_checkpoint ORDER BY id DESC LIMIT 1;
-- What a signed tree holds.
CREATE VIEW open.published_entry AS
  SELECT e.position, e.leaf_index, e.entry, e.leaf_hash
    FROM open.log_entry e WHERE e.position < (SELECT c.size FROM open.published_checkpoint c);

-- Leaves that are numbered apart are told by the tree alone.
CREATE OR REPLACE VIEW open.published_leaf AS
  SELECT index, kind, body, hash FROM open.log_leaf
   WHERE index > 0
     AND CASE kind
           WHEN 'FACT' THEN EXISTS (SELECT FROM open.event e
                                     WHERE e.id = (body ->> 'id')::uuid AND e.published_at <= now())
           ELSE (body ->> 'publishedAt')::timestamptz <= now()
         END;

INSERT INTO open.log_waiting (leaf_index, due) SELECT index, open.leaf_due(kind, body, at) FROM open.log_leaf;

-- Every debit is a leaf: what of whose budget of which day, never when.
CREATE FUNCTION ledger.debit_leaf(d ledger.debit) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT jsonb_build_object('population', q.slug, 'day', d.day, 'dataset', p.dataset_id, 'version', p.version,
                            'epsilonMicro', d.epsilon_micro, 'nanoRho', d.nano_rho, 'deltaPico', d.delta_pico)
    FROM hub.plan p JOIN hub.population q ON q.number = d.population WHERE p.number = d.plan
$$;
CREATE FUNCTION ledger.log_debit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM open.append_leaf('DEBIT', ledger.debit_leaf(NEW));
  RETURN NULL;
END $$;
CREATE TRIGGER log_debit AFTER INSERT ON ledger.debit FOR EACH ROW EXECUTE FUNCTION ledger.log_debit();
SELECT open.append_leaf('DEBIT', ledger.debit_leaf(d)) FROM ledger.debit d ORDER BY d.day, d.plan;

REVOKE EXECUTE ON FUNCTION open.keep(), open.hash_of_hashes(bytea[]), open.next_position(), open.hash_tiles(),
  open.leaf_due(text, jsonb, timestamptz), open.leaf_waits(), open.sequence_leaves(bigint, integer, integer),
  open.store_checkpoint(text, text, bigint, bytea, text), ledger.debit_leaf(ledger.debit), ledger.log_debit() FROM PUBLIC;
GRANT USAGE ON SCHEMA open TO madang_background;
GRANT SELECT (position, leaf_hash) ON open.log_entry TO madang_background;
GRANT SELECT ON open.log_node, open.log_checkpoint TO madang_background;
GRANT EXECUTE ON FUNCTION open.sequence_leaves(bigint, integer, integer),
  open.store_checkpoint(text, text, bigint, bytea, text) TO madang_background;
GRANT SELECT ON open.published_checkpoint, open.published_entry, open.log_node TO madang_api;
