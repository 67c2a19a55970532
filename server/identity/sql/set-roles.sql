-- Gives and takes roles of an account, and writes it into the audit trail: by the operator, who has no person there.
--   $1 text address in lower case, $2 text[] roles to give, $3 text[] roles to take
-- Columns: roles; no row when there is no such account
WITH before AS (SELECT id, roles FROM identity.account WHERE email = $1 FOR UPDATE),
after AS (
  UPDATE identity.account AS a
     SET roles = ARRAY(SELECT role FROM unnest(a.roles || $2::text[]) AS role WHERE role <> ALL ($3::text[]) GROUP BY role ORDER BY role)
    FROM before WHERE a.id = before.id RETURNING a.id, a.roles)
SELECT after.roles,
       market.audit_write(NULL, 'ACCOUNT_ROLES_CHANGED', 'PERSON', after.id::text, 'set by the operator',
         jsonb_build_object('roles', before.roles), jsonb_build_object('roles', after.roles))
  FROM before JOIN after USING (id)
