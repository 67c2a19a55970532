-- Lets an account in no longer, or again, and writes it into the audit trail.
--   $1 text address in lower case, $2 boolean
-- Columns: id; no row when there is no such account
WITH changed AS (
  UPDATE identity.account SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END WHERE email = $1 RETURNING id)
SELECT id, market.audit_write(NULL, CASE WHEN $2 THEN 'ACCOUNT_DISABLED' ELSE 'ACCOUNT_ENABLED' END, 'PERSON', id::text,
         'set by the operator', NULL, NULL)
  FROM changed
