-- Leaves of the market and of the privacy budget. What a licence is about is told by a salted commitment alone: who holds
-- the salt can prove it, nobody else can guess it.
SET lock_timeout = '5s';

-- Adds to the kinds of leaves that there are, whichever those are by now.
DO $$
DECLARE
  v_check text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
                    WHERE conrelid = 'open.log_leaf'::regclass AND conname = 'log_leaf_kind_check');
BEGIN
  v_check := replace(v_check, '''FACT''::text', '''FACT''::text, ''DEBIT''::text, ''REQUESTS''::text, ''GRANT''::text, '
    || '''REFUSAL''::text, ''LAPSE''::text, ''SUSPENSION''::text, ''RESUMPTION''::text, ''REVOCATION''::text, '
    || '''SURRENDER''::text, ''EXPIRY''::text');
  EXECUTE 'ALTER TABLE open.log_leaf DROP CONSTRAINT log_leaf_kind_check, ADD CONSTRAINT log_leaf_kind_check ' || v_check;
END $$;

-- What is told of one licence: a commitment, and nothing beside it.
CREATE FUNCTION open.is_licence_leaf(p_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT p_kind IN ('GRANT', 'REFUSAL', 'LAPSE', 'SUSPENSION', 'RESUMPTION', 'REVOCATION', 'SURRENDER', 'EXPIRY')
$$;
ALTER TABLE open.log_leaf
  ADD CONSTRAINT licence_leaf_is_a_commitment CHECK (NOT open.is_licence_leaf(kind)
    OR (body - 'sha256' = '{}'::jsonb AND coalesce(body ->> 'sha256', '') ~ '^[0-9a-f]{64}$')) NOT VALID,
  -- An entry of a tiled log is at most 65 535 bytes (C2SP tlog-tiles).
  ADD CONSTRAINT leaf_fits_an_entry CHECK (octet_length(body::text) <= 60000) NOT VALID;
ALTER TABLE open.log_leaf VALIDATE CONSTRAINT licence_leaf_is_a_commitment, VALIDATE CONSTRAINT leaf_fits_an_entry;

-- Leaves whose moment must not be guessed are numbered apart, downwards from -1: a gap among the numbers of releases would
-- tell when a licence was decided or a budget debited (rule P12).
CREATE SEQUENCE open.apart AS bigint INCREMENT -1 MAXVALUE -1 MINVALUE -9007199254740991 START -1;

-- Answers the leaf's index: a number within the hub. Its place in the public tree is open.log_entry's.
--   raises check_violation for a kind that there is not, or a licence's leaf that is more than {sha256: 64 hex digits}
CREATE OR REPLACE FUNCTION open.append_leaf(p_kind text, p_body jsonb) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  INSERT INTO open.log_leaf (index, kind, body, hash) OVERRIDING SYSTEM VALUE
    VALUES (CASE WHEN p_kind IN ('DEBIT', 'REQUESTS') OR open.is_licence_leaf(p_kind) THEN nextval('open.apart')
                 ELSE nextval('open.log_leaf_index_seq') END,
            p_kind, p_body, sha256(convert_to(p_body::text, 'UTF8')))
  RETURNING index
$$;
REVOKE EXECUTE ON FUNCTION open.is_licence_leaf(text) FROM PUBLIC;
