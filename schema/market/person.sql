-- Who is this person, told to themselves?
--   $1 uuid person
-- Columns: id, name, email (null for a person who was erased).
-- Plan: person_pkey.
SELECT id, display_name AS name, email FROM market.person WHERE id = $1
