-- Who is this person, told to themselves?
--   $1 uuid person
-- Columns: id, name, email (null for a person who was erased), emailVerified: whether the issuer says that it was proved.
-- Plan: person_pkey.
SELECT id, display_name AS name, email, email_verified AS "emailVerified" FROM market.person WHERE id = $1
