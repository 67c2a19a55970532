-- What do the licences of these organisations, or this one licence, give?
--   $1 uuid[] organisations · $2 uuid licence, or null for all of theirs
-- Columns: as core/licence/entitlement.ts takes them; area: slugs of zones and of all zones within them, null: everywhere;
--   days as text.
-- Plan: licence_pkey, or licence_organization.
SELECT e.licence, e.organization, e.dataset, e.tier, e.state, e.area, e.valid_from AS "validFrom", e.valid_to AS "validTo",
       e.step, e.purpose, e.quota, e.time_zone AS "timeZone"
  FROM market.entitlement e
 WHERE e.organization = ANY ($1) AND ($2::uuid IS NULL OR e.licence = $2)
