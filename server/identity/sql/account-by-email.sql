-- The account that signs in with an address.
--   $1 text address, in lower case
-- Columns: id, email, name, locale, password, roles, email_verified, is_demo, is_disabled. Plan: unique index on email, one row.
SELECT id, email, name, locale, password, roles, email_verified, is_demo, disabled_at IS NOT NULL AS is_disabled
  FROM identity.account WHERE email = $1
