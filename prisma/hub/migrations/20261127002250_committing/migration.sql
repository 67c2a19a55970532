-- Accepting price and conditions, and giving a licence back, bind the organisation: its owner and managers alone do it.
-- Who asked for a licence and left is told that they are not allowed: they know that it is there.
SET lock_timeout = '5s';

CREATE FUNCTION market.check_committing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM market.licence l
                  WHERE l.id = NEW.licence AND market.role_of(NEW.actor, l.organization) IN ('OWNER', 'MANAGER')) THEN
    RAISE EXCEPTION 'this needs another role in the organisation' USING ERRCODE = 'MD042';
  END IF;
  RETURN NULL;
END $$;
-- The clock, which has no name, begins what is free.
CREATE TRIGGER event_commits AFTER INSERT ON market.licence_event FOR EACH ROW
  WHEN (NEW.action = 'SURRENDER' OR (NEW.action = 'ACTIVATE' AND NEW.actor IS NOT NULL))
  EXECUTE FUNCTION market.check_committing();

CREATE OR REPLACE FUNCTION market.side_of(p_actor uuid, p_licence market.licence) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  v_role text := market.role_of(p_actor, p_licence.organization);
BEGIN
  IF NOT EXISTS (SELECT FROM market.person WHERE id = p_actor AND erased_at IS NULL) THEN
    RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044';
  END IF;
  IF v_role = 'VIEWER' OR (v_role IS NULL AND p_actor = p_licence.requested_by) THEN
    RAISE EXCEPTION 'this needs another role in the organisation' USING ERRCODE = 'MD042';
  END IF;
  RETURN CASE WHEN v_role IS NULL THEN 'STEWARD' ELSE 'APPLICANT' END;
END $$;
