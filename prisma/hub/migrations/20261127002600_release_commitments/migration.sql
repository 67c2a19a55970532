-- The digest of a vector of few cells can be tried out until it fits. Of values that are not open to everyone, at once and as
-- they were released, the public log therefore tells a salted commitment: SHA-256(salt || the digest in hexadecimal).
SET lock_timeout = '5s';

-- Opens the commitment of a leaf. Shown to who may read the values themselves.
CREATE TABLE open.leaf_salt (
  leaf_index bigint PRIMARY KEY REFERENCES open.log_leaf (index),
  salt       bytea NOT NULL CHECK (length(salt) = 32)
);
GRANT SELECT ON open.leaf_salt TO madang_api;

-- Whether everyone may read the values of a dataset as they were released, as soon as they are.
CREATE FUNCTION open.is_open(p_dataset text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM hub.dataset_view WHERE dataset_id = p_dataset AND tier = 'OPEN' AND finest_step IS NULL
                    AND delay_seconds = 0)
$$;
REVOKE EXECUTE ON FUNCTION open.is_open(text) FROM PUBLIC;

-- Answers the leaf's index: a number within the hub. Its place in the public tree is open.log_entry's. The `sha256` of a
-- release or fact that is not open becomes a commitment, and the body says so (`salted`).
--   raises check_violation for a kind that there is not, or a licence's leaf that is more than {sha256: 64 hex digits}
CREATE OR REPLACE FUNCTION open.append_leaf(p_kind text, p_body jsonb) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
  v_body jsonb := p_body;
  v_salt bytea;
  v_index bigint;
BEGIN
  IF p_kind IN ('RELEASE', 'FACT') AND p_body ? 'sha256' AND NOT open.is_open(p_body ->> 'dataset') THEN
    v_salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    v_body := p_body || jsonb_build_object('salted', true, 'sha256',
      encode(sha256(v_salt || convert_to(p_body ->> 'sha256', 'UTF8')), 'hex'));
  END IF;
  INSERT INTO open.log_leaf (index, kind, body, hash) OVERRIDING SYSTEM VALUE
    VALUES (CASE WHEN p_kind IN ('DEBIT', 'REQUESTS') OR open.is_licence_leaf(p_kind) THEN nextval('open.apart')
                 ELSE nextval('open.log_leaf_index_seq') END,
            p_kind, v_body, sha256(convert_to(v_body::text, 'UTF8')))
    RETURNING index INTO v_index;
  IF v_salt IS NOT NULL THEN INSERT INTO open.leaf_salt VALUES (v_index, v_salt); END IF;
  RETURN v_index;
END $$;
