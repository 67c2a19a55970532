-- Forgets one thing of the OpenID provider.
--   $1 text model, $2 bytea id
DELETE FROM identity.stored WHERE model = $1 AND id = $2
