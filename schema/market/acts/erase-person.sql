-- Blanks what is personal of the actor.
--   $1 uuid actor
-- Columns: id of the person. Raises MD042 while the actor owns an organisation.
SELECT market.erase_person($1::uuid) AS id
