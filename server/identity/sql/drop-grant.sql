-- Forgets every code and token of a grant.
--   $1 bytea grant
DELETE FROM identity.stored WHERE grant_id = $1
