-- Who asked for a licence and left the organisation acts no more for it, and is still nobody to decide it.
-- And a city that is written or brought up to date holds up no act of the market: what its catalogue changes in access is told
-- at the end of its transaction.
SET lock_timeout = '5s';

CREATE OR REPLACE FUNCTION market.side_of(p_actor uuid, p_licence market.licence) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  v_role text := market.role_of(p_actor, p_licence.organization);
BEGIN
  IF NOT EXISTS (SELECT FROM market.person WHERE id = p_actor AND erased_at IS NULL)
     OR (v_role IS NULL AND p_actor = p_licence.requested_by) THEN
    RAISE EXCEPTION 'no such thing' USING ERRCODE = 'MD044';
  END IF;
  IF v_role = 'VIEWER' THEN RAISE EXCEPTION 'this needs another role in the organisation' USING ERRCODE = 'MD042'; END IF;
  RETURN CASE WHEN v_role IS NULL THEN 'STEWARD' ELSE 'APPLICANT' END;
END $$;

DROP TRIGGER dataset_access ON hub.dataset;
DROP TRIGGER view_access ON hub.dataset_view;
DROP TRIGGER view_changed ON hub.dataset_view;
CREATE CONSTRAINT TRIGGER dataset_access AFTER UPDATE ON hub.dataset DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.tier, OLD.is_synthetic, OLD.city_id) IS DISTINCT FROM (NEW.tier, NEW.is_synthetic, NEW.city_id))
  EXECUTE FUNCTION market.catalogue_changed();
CREATE CONSTRAINT TRIGGER view_access AFTER INSERT OR DELETE ON hub.dataset_view DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION market.catalogue_changed();
CREATE CONSTRAINT TRIGGER view_changed AFTER UPDATE ON hub.dataset_view DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION market.catalogue_changed();
-- The area of a licence is its zones and all within them.
CREATE CONSTRAINT TRIGGER zone_moved AFTER UPDATE ON hub.zone DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.slug, OLD.parent_id, OLD.city_id) IS DISTINCT FROM (NEW.slug, NEW.parent_id, NEW.city_id))
  EXECUTE FUNCTION market.catalogue_changed();
