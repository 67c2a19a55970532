-- What are these persons called? Without addresses: those are told to themselves and to their organisation's managers.
--   $1 uuid[] persons
-- Columns: id, name (null for a person who was erased).
-- Plan: person_pkey.
SELECT id, display_name AS name, NULL AS email FROM market.person WHERE id = ANY ($1)
