-- Sign-in by the hub itself: accounts, what the OpenID provider keeps, its signing keys, and failed attempts.
-- Used by the embedded provider alone; with Keycloak these tables stay empty. No other role reads them.
SET lock_timeout = '5s';

CREATE SCHEMA identity;

CREATE TABLE identity.account (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  locale text NOT NULL CHECK (locale IN ('ko', 'en')),
  password text NOT NULL CHECK (password ~ '^\$(argon2id|scrypt)\$'),
  roles text[] NOT NULL DEFAULT ARRAY['citizen', 'developer']
    CHECK (roles <@ ARRAY['citizen', 'developer', 'provider', 'steward', 'admin', 'auditor', 'agency']),
  is_demo boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz
);
COMMENT ON COLUMN identity.account.password IS 'Hash in PHC string format.';
COMMENT ON COLUMN identity.account.is_demo IS 'Let in only while the hub listens on loopback.';

-- Sessions, codes, grants and refresh tokens. Ids are HMACs and payloads are sealed: a copy of the database opens nothing.
CREATE TABLE identity.stored (
  model text NOT NULL,
  id bytea NOT NULL,
  payload bytea NOT NULL,
  grant_id bytea,
  uid bytea,
  expires_at timestamptz,
  consumed_at timestamptz,
  PRIMARY KEY (model, id)
);
CREATE INDEX stored_grant ON identity.stored (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX stored_uid ON identity.stored (model, uid) WHERE uid IS NOT NULL;
CREATE INDEX stored_expires ON identity.stored (expires_at);

CREATE TABLE identity.signing_key (
  kid text PRIMARY KEY,
  algorithm text NOT NULL CHECK (algorithm IN ('RS256')),
  private_key bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  signs_from timestamptz NOT NULL
);
COMMENT ON COLUMN identity.signing_key.private_key IS 'JWK, sealed with the hub''s identity secret.';
COMMENT ON COLUMN identity.signing_key.signs_from IS 'Published at once, used from then on; the newest such key signs.';

-- Failed attempts by account and by address, both as HMACs: an address that has no account is counted alike.
CREATE TABLE identity.failure (
  key bytea PRIMARY KEY,
  failures integer NOT NULL,
  last_at timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL
);
CREATE INDEX failure_last ON identity.failure (last_at);

GRANT USAGE ON SCHEMA identity TO madang_identity;
GRANT SELECT, INSERT, UPDATE ON identity.account TO madang_identity;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.stored, identity.signing_key, identity.failure TO madang_identity;
