-- An address that nobody proved is a name that anybody can take: it shows with a person, but opens and erases nothing.
SET lock_timeout = '5s';

ALTER TABLE market.person
  ADD COLUMN email_verified boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT verified_is_there CHECK (email IS NOT NULL OR NOT email_verified);

-- Writes what a verified token says of a person; made at first sight.
--   p_email_verified whether the issuer says that the address was proved
CREATE FUNCTION market.see_person(p_issuer text, p_subject text, p_email text, p_name text, p_email_verified boolean)
RETURNS market.person
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  p market.person;
  v_verified boolean := coalesce(p_email_verified, false) AND p_email IS NOT NULL;
BEGIN
  SELECT * INTO p FROM market.person WHERE issuer = p_issuer AND subject = p_subject;
  IF FOUND AND p.email IS NOT DISTINCT FROM lower(p_email) AND p.display_name IS NOT DISTINCT FROM left(p_name, 200)
     AND p.email_verified = v_verified THEN
    RETURN p;
  END IF;
  IF p_issuer = 'erased' THEN PERFORM market.refuse('issuer', 'not an issuer'); END IF;
  INSERT INTO market.person AS q (issuer, subject, email, display_name, email_verified)
    VALUES (p_issuer, p_subject, lower(p_email), left(p_name, 200), v_verified)
    ON CONFLICT (issuer, subject) DO UPDATE
      SET email = excluded.email, display_name = excluded.display_name, email_verified = excluded.email_verified
    RETURNING * INTO p;
  RETURN p;
END $$;

-- The same of a person whose address is known to be proved.
CREATE OR REPLACE FUNCTION market.see_person(p_issuer text, p_subject text, p_email text, p_name text) RETURNS market.person
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT market.see_person(p_issuer, p_subject, p_email, p_name, true)
$$;

-- Invites an address. Says nothing of whether anybody has an account with it.
CREATE OR REPLACE FUNCTION market.invite(p_actor uuid, p_organization uuid, p_email text, p_role text, p_token_hash bytea,
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
    (SELECT id FROM market.person WHERE email = lower(p_email) AND email_verified LIMIT 1));
  RETURN v_id;
END $$;

-- Only who has the address that was invited, proved, can accept; the role is the invitation's.
CREATE OR REPLACE FUNCTION market.accept_invitation(p_actor uuid, p_invitation uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  i market.invitation;
BEGIN
  PERFORM market.serial();
  SELECT * INTO i FROM market.invitation WHERE id = p_invitation FOR UPDATE;
  IF NOT FOUND OR i.email IS NULL
     OR i.email IS DISTINCT FROM (SELECT email FROM market.person WHERE id = p_actor AND email_verified AND erased_at IS NULL)
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

-- Erases what is personal of a person at once; what was decided stays with their number alone (docs/retention.md). What was
-- sent to an address goes with it where the address was proved to be theirs.
--   raises MD042 while they own an organisation: they give it away or close it first
CREATE OR REPLACE FUNCTION market.erase_person(p_person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  p market.person;
  v_email text;
BEGIN
  PERFORM market.serial();
  SELECT * INTO p FROM market.person WHERE id = p_person AND erased_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044'; END IF;
  IF EXISTS (SELECT FROM market.member WHERE person = p.id AND left_at IS NULL AND role = 'OWNER') THEN
    RAISE EXCEPTION 'an owner gives the ownership away first, or closes the organisation' USING ERRCODE = 'MD042';
  END IF;
  UPDATE market.member SET left_at = clock_timestamp() WHERE person = p.id AND left_at IS NULL;
  UPDATE market.message SET body = NULL WHERE author = p.id;
  v_email := CASE WHEN p.email_verified THEN p.email END;
  UPDATE market.invitation SET withdrawn_at = now() WHERE email = v_email AND accepted_at IS NULL AND withdrawn_at IS NULL;
  UPDATE market.invitation SET email = NULL WHERE email = v_email OR accepted_by = p.id;
  DELETE FROM market.audit_personal WHERE person = p.id OR body ->> 'email' = v_email;
  UPDATE market.person SET issuer = 'erased', subject = id::text, email = NULL, email_verified = false,
         display_name = NULL, erased_at = now()
   WHERE id = p.id;
  PERFORM market.raise_access();
  PERFORM market.audit_write(p.id, 'PERSON_ERASED', 'PERSON', p.id::text, NULL, NULL, NULL);
END $$;

GRANT EXECUTE ON FUNCTION market.see_person(text, text, text, text, boolean) TO madang_api;
