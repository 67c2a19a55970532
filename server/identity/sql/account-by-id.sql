-- The account behind a session or token.
--   $1 uuid
-- Columns: as account-by-email.sql. Plan: primary key, one row.
SELECT id, email, name, locale, password, roles, email_verified, is_demo, disabled_at IS NOT NULL AS is_disabled
  FROM identity.account WHERE id = $1
