-- Who is erased from the market is erased from the hub's own sign-in, too: an account of that subject goes, and with it every
-- session, since none is let in without an account. Another provider's accounts are erased there.
SET lock_timeout = '5s';

CREATE FUNCTION identity.forget_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  DELETE FROM identity.account WHERE id::text = OLD.subject;
  RETURN NULL;
END $$;

CREATE TRIGGER forget_account AFTER UPDATE OF erased_at ON market.person
  FOR EACH ROW WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
  EXECUTE FUNCTION identity.forget_account();
