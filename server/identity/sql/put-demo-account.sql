-- Adds or renews a demo account. An account that somebody registered under the address stays as it is.
--   $1 text address, $2 text name, $3 text locale, $4 text hash, $5 text[] roles
INSERT INTO identity.account AS a (email, name, locale, password, roles, is_demo, email_verified)
  VALUES ($1, $2, $3, $4, $5, true, true)
  ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name, password = EXCLUDED.password, roles = EXCLUDED.roles
  WHERE a.is_demo
