-- Somebody has signed in: the account's failed attempts are forgotten (the address's are not: it may be guessing at others).
--   $1 bytea key
DELETE FROM identity.failure WHERE key = $1
