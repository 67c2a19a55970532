-- Ends a membership; one's own too.
--   $1 uuid actor · $2 uuid organisation · $3 uuid person
-- Columns: id of the organisation. Raises MD042 for the owner, MD044.
SELECT market.remove_member($1::uuid, $2::uuid, $3::uuid) AS id
