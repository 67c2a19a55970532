-- Adds an account with the roles that everybody has; nothing of a request can give others.
--   $1 text address in lower case, $2 text name, $3 text locale, $4 text hash
-- Columns: id; no row when the address is taken.
INSERT INTO identity.account (email, name, locale, password) VALUES ($1, $2, $3, $4)
  ON CONFLICT (email) DO NOTHING RETURNING id
