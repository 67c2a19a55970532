-- Says that an account's address was proved to be its person's, and writes it into the audit trail.
--   $1 text address in lower case
-- Columns: id; no row when there is no such account
WITH changed AS (UPDATE identity.account SET email_verified = true WHERE email = $1 RETURNING id)
SELECT id, market.audit_write(NULL, 'ACCOUNT_ADDRESS_PROVED', 'PERSON', id::text, 'set by the operator', NULL, NULL)
  FROM changed
