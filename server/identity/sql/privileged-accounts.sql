-- Accounts that have more than everybody's roles, or are disabled.
-- Columns: email, roles, is_demo, is_disabled
SELECT email, roles, is_demo, disabled_at IS NOT NULL AS is_disabled FROM identity.account
 WHERE NOT roles <@ ARRAY['citizen', 'developer'] OR disabled_at IS NOT NULL ORDER BY email
