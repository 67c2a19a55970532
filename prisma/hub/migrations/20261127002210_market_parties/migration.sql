-- Who takes part in the market: persons, members, invitations; the record of what they do; the version of access.
-- Written by functions alone. Personal data stand in market.person, in invitations and in market.audit_personal.
--   MD040 someone was faster · MD041 no such transition · MD042 not allowed · MD043 a value breaks a rule · MD044 no such thing
SET lock_timeout = '5s';

CREATE SCHEMA market;

CREATE TABLE market.person (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  issuer       text NOT NULL CHECK (length(issuer) BETWEEN 1 AND 300),
  subject      text NOT NULL CHECK (length(subject) BETWEEN 1 AND 300),
  -- verified by the issuer, in lower case
  email        text CHECK (length(email) <= 320 AND email = lower(email)),
  display_name text CHECK (length(display_name) <= 200),
  locale       text NOT NULL DEFAULT 'ko' CHECK (locale IN ('ko', 'en')),
  created_at   timestamptz NOT NULL DEFAULT now(),
  erased_at    timestamptz,
  UNIQUE (issuer, subject),
  CONSTRAINT erased_is_blank CHECK (erased_at IS NULL
    OR (email IS NULL AND display_name IS NULL AND issuer = 'erased' AND subject = id::text))
);
CREATE INDEX person_email ON market.person (email);

CREATE TABLE market.member (
  organization uuid NOT NULL REFERENCES hub.organization (id),
  person       uuid NOT NULL REFERENCES market.person (id),
  role         text NOT NULL CHECK (role IN ('OWNER', 'MANAGER', 'DEVELOPER', 'VIEWER')),
  joined_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  left_at      timestamptz CHECK (left_at >= joined_at),
  PRIMARY KEY (organization, person, joined_at)
);
CREATE UNIQUE INDEX member_present ON market.member (organization, person) WHERE left_at IS NULL;
CREATE UNIQUE INDEX member_one_owner ON market.member (organization) WHERE left_at IS NULL AND role = 'OWNER';
CREATE INDEX member_person ON market.member (person) WHERE left_at IS NULL;

-- At the end of every transaction: who has members has an owner.
CREATE FUNCTION market.check_owner() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  v_organization uuid := coalesce(NEW.organization, OLD.organization);
BEGIN
  IF EXISTS (SELECT FROM market.member WHERE organization = v_organization AND left_at IS NULL)
     AND NOT EXISTS (SELECT FROM market.member WHERE organization = v_organization AND left_at IS NULL AND role = 'OWNER') THEN
    RAISE EXCEPTION 'an organisation with members has an owner' USING ERRCODE = 'MD042';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER member_has_owner AFTER INSERT OR UPDATE OR DELETE ON market.member
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION market.check_owner();

CREATE TABLE market.invitation (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization uuid NOT NULL REFERENCES hub.organization (id),
  -- null: erased
  email        text CHECK (email = lower(email) AND email ~ '^[^@\s]+@[^@\s]+$' AND length(email) <= 320),
  role         text NOT NULL CHECK (role IN ('MANAGER', 'DEVELOPER', 'VIEWER')),
  token_hash   bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  invited_by   uuid NOT NULL REFERENCES market.person (id),
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '31 days'),
  accepted_at  timestamptz,
  accepted_by  uuid REFERENCES market.person (id),
  withdrawn_at timestamptz,
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);
CREATE INDEX invitation_organization ON market.invitation (organization);
CREATE INDEX invitation_email ON market.invitation (email) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

-- Writers of the market go one after the other: what is decided is seldom, and no two of them can lock each other out.
CREATE FUNCTION market.serial() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('market', 0))
$$;

-- Raised in the transaction of everything that gives or takes access. Replicas poll it; NOTIFY only makes it faster.
CREATE TABLE market.access_version (
  id         integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version    bigint NOT NULL,
  changed_at timestamptz NOT NULL
);
INSERT INTO market.access_version VALUES (1, 1, now());

CREATE FUNCTION market.raise_access() RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
  v_version bigint;
BEGIN
  UPDATE market.access_version SET version = version + 1, changed_at = clock_timestamp() RETURNING version INTO v_version;
  PERFORM pg_notify('market_access', v_version::text);
  RETURN v_version;
END $$;

CREATE FUNCTION market.keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_ARGV[0] IS NOT NULL THEN
    -- What was kept for as long as processing records are may go (hub.records_kept), the oldest first.
    IF (to_jsonb(OLD) ->> TG_ARGV[0])::timestamptz < now() - hub.records_kept() THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'what happened is kept as it was' USING ERRCODE = 'MD042';
END $$;

-- Every privileged act: who, what, when, why, before and after. A chain of hashes: whoever bends an entry breaks it.
-- hash = SHA-256(previous || text of the entry), the text as market.audit_text() makes it.
CREATE TABLE market.audit (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at            timestamptz NOT NULL,
  actor         uuid REFERENCES market.person (id),
  act           text NOT NULL CHECK (act ~ '^[A-Z_]+$'),
  subject_kind  text NOT NULL CHECK (subject_kind IN ('ORGANIZATION', 'PERSON', 'INVITATION', 'LICENCE', 'KEY', 'MESSAGE')),
  subject_id    text NOT NULL,
  reason        text CHECK (length(reason) <= 4000),
  before        jsonb,
  after         jsonb,
  personal_salt bytea,
  -- SHA-256(salt || text of the personal part): the trail stays verifiable when that part is gone
  personal_hash bytea,
  previous      bytea NOT NULL,
  hash          bytea NOT NULL UNIQUE,
  CHECK ((personal_salt IS NULL) = (personal_hash IS NULL))
);
CREATE INDEX audit_subject ON market.audit (subject_id, id);
CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON market.audit FOR EACH ROW EXECUTE FUNCTION market.keep('at');
CREATE TRIGGER keep_audits BEFORE TRUNCATE ON market.audit FOR EACH STATEMENT EXECUTE FUNCTION market.keep();
ALTER TABLE market.audit ENABLE ALWAYS TRIGGER keep_audit, ENABLE ALWAYS TRIGGER keep_audits;

-- The personal part of an entry, erasable by itself.
CREATE TABLE market.audit_personal (
  audit_id bigint PRIMARY KEY REFERENCES market.audit (id) ON DELETE CASCADE,
  -- whom it speaks of, where that is known
  person   uuid REFERENCES market.person (id),
  body     jsonb NOT NULL
);
CREATE INDEX audit_personal_person ON market.audit_personal (person);

CREATE FUNCTION market.audit_text(a market.audit) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT jsonb_build_object('id', a.id, 'at', to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', a.actor, 'act', a.act, 'subjectKind', a.subject_kind, 'subjectId', a.subject_id, 'reason', a.reason,
    'before', a.before, 'after', a.after, 'personalSha256', encode(a.personal_hash, 'hex'))::text
$$;

-- 244 random bits, from the generator of strong random numbers that uuids come from.
CREATE FUNCTION market.salt() RETURNS bytea
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  SELECT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
$$;

-- Writes an entry; called inside every function that acts. One at a time: an entry holds the hash of the one before.
--   p_personal what of it is personal, about p_person; answers the entry's id
CREATE FUNCTION market.audit_write(p_actor uuid, p_act text, p_subject_kind text, p_subject_id text, p_reason text,
  p_before jsonb, p_after jsonb, p_personal jsonb DEFAULT NULL, p_person uuid DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
  a market.audit;
BEGIN
  PERFORM market.serial();
  a.id := nextval(pg_get_serial_sequence('market.audit', 'id'));
  a.at := clock_timestamp();
  a.actor := p_actor; a.act := p_act; a.subject_kind := p_subject_kind; a.subject_id := p_subject_id;
  a.reason := p_reason; a.before := p_before; a.after := p_after;
  IF p_personal IS NOT NULL THEN
    a.personal_salt := market.salt();
    a.personal_hash := sha256(a.personal_salt || convert_to(p_personal::text, 'UTF8'));
  END IF;
  a.previous := coalesce((SELECT hash FROM market.audit ORDER BY id DESC LIMIT 1), sha256('madang.market.audit'));
  a.hash := sha256(a.previous || convert_to(market.audit_text(a), 'UTF8'));
  INSERT INTO market.audit OVERRIDING SYSTEM VALUE SELECT a.*;
  IF p_personal IS NOT NULL THEN INSERT INTO market.audit_personal VALUES (a.id, p_person, p_personal); END IF;
  RETURN a.id;
END $$;

-- What is wrong with the trail: no row, it is whole. Entries older than records are kept may be gone from its beginning.
--   columns: id, fault (CHAIN: the entry before is another or gone; HASH: the entry was changed; PERSONAL: its personal part was)
CREATE FUNCTION market.audit_faults() RETURNS TABLE (id bigint, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH entry AS (
    SELECT a.id AS id, a.previous, a.hash, a.personal_salt, a.personal_hash, p.body,
           sha256(a.previous || convert_to(market.audit_text(a), 'UTF8')) AS computed,
           lag(a.hash) OVER (ORDER BY a.id) AS before
      FROM market.audit a LEFT JOIN market.audit_personal p ON p.audit_id = a.id)
  SELECT e.id, f.fault FROM entry e, LATERAL (VALUES
    ('CHAIN', e.before IS NOT NULL AND e.previous <> e.before),
    ('HASH', e.hash <> e.computed),
    ('PERSONAL', e.body IS NOT NULL AND e.personal_hash IS DISTINCT FROM sha256(e.personal_salt || convert_to(e.body::text, 'UTF8')))
  ) AS f (fault, found) WHERE f.found ORDER BY e.id
$$;

-- Refuses a value: the rule is the message, the argument the detail, what to do the hint.
CREATE FUNCTION market.refuse(p_field text, p_rule text, p_fix text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION '%', p_rule USING ERRCODE = 'MD043', DETAIL = p_field, HINT = coalesce(p_fix, 'Correct it.');
END $$;

-- Refuses fields that are not asked for (mass assignment).
CREATE FUNCTION market.only(p jsonb, p_fields text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  v_field text;
BEGIN
  IF p IS NULL OR jsonb_typeof(p) <> 'object' THEN PERFORM market.refuse('input', 'an object of fields'); END IF;
  SELECT f INTO v_field FROM jsonb_object_keys(p) AS f WHERE f <> ALL (p_fields) LIMIT 1;
  IF FOUND THEN PERFORM market.refuse(v_field, 'there is no such field', 'Leave it out.'); END IF;
END $$;

-- The person of a verified token: made at first sight, name and address brought up to date.
--   p_email only where the issuer has verified it
CREATE FUNCTION market.see_person(p_issuer text, p_subject text, p_email text, p_name text) RETURNS market.person
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  p market.person;
BEGIN
  SELECT * INTO p FROM market.person WHERE issuer = p_issuer AND subject = p_subject;
  IF FOUND AND p.email IS NOT DISTINCT FROM lower(p_email) AND p.display_name IS NOT DISTINCT FROM left(p_name, 200) THEN
    RETURN p;
  END IF;
  IF p_issuer = 'erased' THEN PERFORM market.refuse('issuer', 'not an issuer'); END IF;
  INSERT INTO market.person AS q (issuer, subject, email, display_name)
    VALUES (p_issuer, p_subject, lower(p_email), left(p_name, 200))
    ON CONFLICT (issuer, subject) DO UPDATE SET email = excluded.email, display_name = excluded.display_name
    RETURNING * INTO p;
  RETURN p;
END $$;

-- The role of a person who is there, in an organisation that is open; null: no member.
CREATE FUNCTION market.role_of(p_person uuid, p_organization uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT m.role FROM market.member m
    JOIN market.person p ON p.id = m.person AND p.erased_at IS NULL
    JOIN hub.organization o ON o.id = m.organization AND o.closed_at IS NULL
   WHERE m.person = p_person AND m.organization = p_organization AND m.left_at IS NULL
$$;

-- Refuses whoever has none of the roles. To strangers an organisation's things do not exist.
CREATE FUNCTION market.demand(p_person uuid, p_organization uuid, p_roles text[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  v_role text := market.role_of(p_person, p_organization);
BEGIN
  IF v_role IS NULL THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF v_role <> ALL (p_roles) THEN
    RAISE EXCEPTION 'this needs another role in the organisation' USING ERRCODE = 'MD042';
  END IF;
  RETURN v_role;
END $$;

CREATE FUNCTION market.organization_faults(p_name_ko text, p_name_en text, p_url text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF coalesce(btrim(p_name_ko), '') = '' OR length(p_name_ko) > 200 THEN PERFORM market.refuse('nameKo', '1 to 200 characters'); END IF;
  IF coalesce(btrim(p_name_en), '') = '' OR length(p_name_en) > 200 THEN PERFORM market.refuse('nameEn', '1 to 200 characters'); END IF;
  IF p_url !~ '^https://[^\s"<>]{3,300}$' THEN PERFORM market.refuse('url', 'an https address of at most 300 characters'); END IF;
END $$;

-- Makes an organisation; the actor becomes its OWNER.
--   p {slug, nameKo, nameEn, url, stage, registrationNumber}
CREATE FUNCTION market.create_organization(p_actor uuid, p jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_id uuid := gen_random_uuid();
BEGIN
  PERFORM market.serial();
  PERFORM market.only(p, ARRAY['slug', 'nameKo', 'nameEn', 'url', 'stage', 'registrationNumber']);
  PERFORM FROM market.person WHERE id = p_actor AND erased_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  PERFORM market.organization_faults(p ->> 'nameKo', p ->> 'nameEn', p ->> 'url');
  IF coalesce(p ->> 'slug', '') !~ '^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$' THEN
    PERFORM market.refuse('slug', '1 to 62 small letters, digits and hyphens');
  END IF;
  IF (p ->> 'stage') <> ALL (ARRAY['PRE_STARTUP', 'STARTUP', 'GROWTH']) THEN PERFORM market.refuse('stage', 'a stage that there is'); END IF;
  IF (p ->> 'registrationNumber') !~ '^[0-9A-Za-z-]{5,30}$' THEN
    PERFORM market.refuse('registrationNumber', '5 to 30 digits, letters and hyphens');
  END IF;
  IF (SELECT count(*) FROM market.member WHERE person = p_actor AND role = 'OWNER' AND left_at IS NULL) >= 10 THEN
    PERFORM market.refuse('organization', 'a person owns at most 10 organisations');
  END IF;
  BEGIN
    INSERT INTO hub.organization (id, slug, name_ko, name_en, url, stage, registration_number, created_by)
      VALUES (v_id, p ->> 'slug', p ->> 'nameKo', p ->> 'nameEn', p ->> 'url', p ->> 'stage', p ->> 'registrationNumber', p_actor);
  EXCEPTION WHEN unique_violation THEN
    PERFORM market.refuse('slug', 'taken', 'Choose another one.');
  END;
  INSERT INTO market.member (organization, person, role) VALUES (v_id, p_actor, 'OWNER');
  PERFORM market.audit_write(p_actor, 'ORGANIZATION_CREATED', 'ORGANIZATION', v_id::text, NULL, NULL, p);
  RETURN v_id;
END $$;

--   p any of {nameKo, nameEn, url, stage, registrationNumber}; a changed number needs a new attestation
CREATE FUNCTION market.update_organization(p_actor uuid, p_organization uuid, p jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_before hub.organization;
  v_after hub.organization;
BEGIN
  PERFORM market.serial();
  PERFORM market.demand(p_actor, p_organization, ARRAY['OWNER', 'MANAGER']);
  PERFORM market.only(p, ARRAY['nameKo', 'nameEn', 'url', 'stage', 'registrationNumber']);
  SELECT * INTO v_before FROM hub.organization WHERE id = p_organization FOR UPDATE;
  v_after := v_before;
  IF p ? 'nameKo' THEN v_after.name_ko := p ->> 'nameKo'; END IF;
  IF p ? 'nameEn' THEN v_after.name_en := p ->> 'nameEn'; END IF;
  IF p ? 'url' THEN v_after.url := p ->> 'url'; END IF;
  IF p ? 'stage' THEN v_after.stage := p ->> 'stage'; END IF;
  IF p ? 'registrationNumber' THEN v_after.registration_number := p ->> 'registrationNumber'; END IF;
  PERFORM market.organization_faults(v_after.name_ko, v_after.name_en, v_after.url);
  IF v_after.stage <> ALL (ARRAY['PRE_STARTUP', 'STARTUP', 'GROWTH']) THEN PERFORM market.refuse('stage', 'a stage that there is'); END IF;
  IF v_after.registration_number !~ '^[0-9A-Za-z-]{5,30}$' THEN
    PERFORM market.refuse('registrationNumber', '5 to 30 digits, letters and hyphens');
  END IF;
  IF v_before.registration_number IS DISTINCT FROM v_after.registration_number THEN
    v_after.attested_at := NULL;
    v_after.attested_by := NULL;
  END IF;
  UPDATE hub.organization SET name_ko = v_after.name_ko, name_en = v_after.name_en, url = v_after.url, stage = v_after.stage,
         registration_number = v_after.registration_number, attested_at = v_after.attested_at, attested_by = v_after.attested_by
   WHERE id = p_organization;
  PERFORM market.audit_write(p_actor, 'ORGANIZATION_CHANGED', 'ORGANIZATION', p_organization::text, NULL,
    to_jsonb(v_before), to_jsonb(v_after));
  RETURN p_organization;
END $$;

-- A steward saw proof of the business, once. The caller has checked that the actor is one; a member may not be it.
CREATE FUNCTION market.attest_organization(p_actor uuid, p_organization uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  o hub.organization;
BEGIN
  PERFORM market.serial();
  SELECT * INTO o FROM hub.organization WHERE id = p_organization AND closed_at IS NULL FOR UPDATE;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM market.person WHERE id = p_actor AND erased_at IS NULL) THEN
    RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044';
  END IF;
  IF market.role_of(p_actor, p_organization) IS NOT NULL THEN
    RAISE EXCEPTION 'nobody attests an organisation of their own' USING ERRCODE = 'MD042';
  END IF;
  IF o.attested_at IS NOT NULL THEN RAISE EXCEPTION 'it is attested already' USING ERRCODE = 'MD040'; END IF;
  UPDATE hub.organization SET attested_at = now(), attested_by = p_actor WHERE id = p_organization;
  PERFORM market.audit_write(p_actor, 'ORGANIZATION_ATTESTED', 'ORGANIZATION', p_organization::text, NULL, NULL,
    jsonb_build_object('registrationNumber', o.registration_number));
  RETURN p_organization;
END $$;

-- Invites an address. Says nothing of whether anybody has an account with it.
CREATE FUNCTION market.invite(p_actor uuid, p_organization uuid, p_email text, p_role text, p_token_hash bytea,
  p_expires_at timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_id uuid;
  v_role text := market.demand(p_actor, p_organization, ARRAY['OWNER', 'MANAGER']);
BEGIN
  PERFORM market.serial();
  IF coalesce(p_role, '') <> ALL (ARRAY['MANAGER', 'DEVELOPER', 'VIEWER']) THEN
    PERFORM market.refuse('role', 'a role that can be given', 'Ownership moves by transferOwnership.');
  END IF;
  IF p_role = 'MANAGER' AND v_role <> 'OWNER' THEN
    RAISE EXCEPTION 'managers are made by the owner' USING ERRCODE = 'MD042';
  END IF;
  IF coalesce(p_email, '') !~ '^[^@\s]+@[^@\s]+$' OR length(p_email) > 320 THEN PERFORM market.refuse('email', 'an e-mail address'); END IF;
  IF p_expires_at IS NULL OR p_expires_at <= now() OR p_expires_at > now() + interval '31 days' THEN
    PERFORM market.refuse('expiresAt', 'within 31 days');
  END IF;
  PERFORM FROM hub.organization WHERE id = p_organization FOR UPDATE;
  IF (SELECT count(*) FROM market.invitation WHERE organization = p_organization AND accepted_at IS NULL
        AND withdrawn_at IS NULL AND expires_at > now()) >= 50 THEN
    PERFORM market.refuse('invitation', 'at most 50 invitations are open at once', 'Withdraw some.');
  END IF;
  INSERT INTO market.invitation (organization, email, role, token_hash, invited_by, expires_at)
    VALUES (p_organization, lower(p_email), p_role, p_token_hash, p_actor, p_expires_at) RETURNING id INTO v_id;
  PERFORM market.audit_write(p_actor, 'MEMBER_INVITED', 'INVITATION', v_id::text, NULL, NULL,
    jsonb_build_object('organization', p_organization, 'role', p_role), jsonb_build_object('email', lower(p_email)),
    (SELECT id FROM market.person WHERE email = lower(p_email) LIMIT 1));
  RETURN v_id;
END $$;

-- Only who has the address that was invited, verified, can accept; the role is the invitation's.
CREATE FUNCTION market.accept_invitation(p_actor uuid, p_invitation uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  i market.invitation;
BEGIN
  PERFORM market.serial();
  SELECT * INTO i FROM market.invitation WHERE id = p_invitation FOR UPDATE;
  IF NOT FOUND OR i.email IS NULL OR i.email IS DISTINCT FROM (SELECT email FROM market.person WHERE id = p_actor AND erased_at IS NULL)
     OR EXISTS (SELECT FROM hub.organization WHERE id = i.organization AND closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044';
  END IF;
  IF i.accepted_at IS NOT NULL OR i.withdrawn_at IS NOT NULL OR i.expires_at <= now() THEN
    RAISE EXCEPTION 'the invitation is over' USING ERRCODE = 'MD041';
  END IF;
  UPDATE market.invitation SET accepted_at = now(), accepted_by = p_actor WHERE id = i.id;
  INSERT INTO market.member (organization, person, role) VALUES (i.organization, p_actor, i.role)
    ON CONFLICT (organization, person) WHERE left_at IS NULL DO NOTHING;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, 'MEMBER_JOINED', 'ORGANIZATION', i.organization::text, NULL, NULL,
    jsonb_build_object('person', p_actor, 'role', i.role, 'invitation', i.id));
  RETURN i.organization;
END $$;

-- The invitation of a token, for the caller to accept: by SHA-256 of the token. Null: none.
CREATE FUNCTION market.find_invitation(p_token_hash bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT id FROM market.invitation WHERE token_hash = p_token_hash
$$;

CREATE FUNCTION market.withdraw_invitation(p_actor uuid, p_invitation uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  i market.invitation;
BEGIN
  PERFORM market.serial();
  SELECT * INTO i FROM market.invitation WHERE id = p_invitation FOR UPDATE;
  PERFORM market.demand(p_actor, i.organization, ARRAY['OWNER', 'MANAGER']);
  IF i.accepted_at IS NOT NULL OR i.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'the invitation is over' USING ERRCODE = 'MD041';
  END IF;
  UPDATE market.invitation SET withdrawn_at = now() WHERE id = i.id;
  PERFORM market.audit_write(p_actor, 'INVITATION_WITHDRAWN', 'INVITATION', i.id::text, NULL, NULL, NULL);
  RETURN i.organization;
END $$;

-- The owner gives every role but their own; managers those of developers and viewers.
CREATE FUNCTION market.change_role(p_actor uuid, p_organization uuid, p_person uuid, p_role text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_own text := market.demand(p_actor, p_organization, ARRAY['OWNER', 'MANAGER']);
  v_role text;
BEGIN
  PERFORM market.serial();
  SELECT role INTO v_role FROM market.member WHERE organization = p_organization AND person = p_person AND left_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF coalesce(p_role, '') <> ALL (ARRAY['MANAGER', 'DEVELOPER', 'VIEWER']) THEN
    PERFORM market.refuse('role', 'a role that can be given', 'Ownership moves by transferOwnership.');
  END IF;
  IF v_role = 'OWNER' OR (v_own = 'MANAGER' AND 'MANAGER' IN (v_role, p_role)) THEN
    RAISE EXCEPTION 'this needs another role in the organisation' USING ERRCODE = 'MD042';
  END IF;
  UPDATE market.member SET role = p_role WHERE organization = p_organization AND person = p_person AND left_at IS NULL;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, 'ROLE_CHANGED', 'ORGANIZATION', p_organization::text, NULL,
    jsonb_build_object('person', p_person, 'role', v_role), jsonb_build_object('person', p_person, 'role', p_role));
  RETURN p_organization;
END $$;

-- Ends a membership; also one's own. The owner cannot leave: ownership moves first.
CREATE FUNCTION market.remove_member(p_actor uuid, p_organization uuid, p_person uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_own text := market.demand(p_actor, p_organization, ARRAY['OWNER', 'MANAGER', 'DEVELOPER', 'VIEWER']);
  v_role text;
BEGIN
  PERFORM market.serial();
  SELECT role INTO v_role FROM market.member WHERE organization = p_organization AND person = p_person AND left_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF v_role = 'OWNER' THEN
    RAISE EXCEPTION 'an owner gives the ownership away first, or closes the organisation' USING ERRCODE = 'MD042';
  END IF;
  IF p_actor <> p_person AND v_own <> 'OWNER' AND (v_own <> 'MANAGER' OR v_role = 'MANAGER') THEN
    RAISE EXCEPTION 'this needs another role in the organisation' USING ERRCODE = 'MD042';
  END IF;
  UPDATE market.member SET left_at = clock_timestamp() WHERE organization = p_organization AND person = p_person AND left_at IS NULL;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, CASE WHEN p_actor = p_person THEN 'MEMBER_LEFT' ELSE 'MEMBER_REMOVED' END, 'ORGANIZATION',
    p_organization::text, NULL, jsonb_build_object('person', p_person, 'role', v_role), NULL);
  RETURN p_organization;
END $$;

-- The owner makes another member the owner, and becomes a manager.
CREATE FUNCTION market.transfer_ownership(p_actor uuid, p_organization uuid, p_person uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM market.serial();
  PERFORM FROM hub.organization WHERE id = p_organization FOR UPDATE;
  PERFORM market.demand(p_actor, p_organization, ARRAY['OWNER']);
  IF p_person = p_actor OR market.role_of(p_person, p_organization) IS NULL THEN
    PERFORM market.refuse('person', 'another member', 'Invite them first.');
  END IF;
  UPDATE market.member SET role = 'MANAGER' WHERE organization = p_organization AND person = p_actor AND left_at IS NULL;
  UPDATE market.member SET role = 'OWNER' WHERE organization = p_organization AND person = p_person AND left_at IS NULL;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p_actor, 'OWNERSHIP_MOVED', 'ORGANIZATION', p_organization::text, NULL,
    jsonb_build_object('owner', p_actor), jsonb_build_object('owner', p_person));
  RETURN p_organization;
END $$;

GRANT USAGE ON SCHEMA market TO madang_api, madang_background;
GRANT SELECT ON market.person, market.member, market.access_version, market.audit, market.audit_personal TO madang_api;
GRANT SELECT (id, organization, email, role, invited_by, created_at, expires_at, accepted_at, accepted_by, withdrawn_at)
  ON market.invitation TO madang_api;
GRANT EXECUTE ON FUNCTION market.see_person(text, text, text, text), market.create_organization(uuid, jsonb),
  market.update_organization(uuid, uuid, jsonb), market.attest_organization(uuid, uuid),
  market.invite(uuid, uuid, text, text, bytea, timestamptz), market.accept_invitation(uuid, uuid),
  market.find_invitation(bytea), market.withdraw_invitation(uuid, uuid), market.change_role(uuid, uuid, uuid, text),
  market.remove_member(uuid, uuid, uuid), market.transfer_ownership(uuid, uuid, uuid), market.audit_faults() TO madang_api;
