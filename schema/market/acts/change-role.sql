-- Gives a member another role.
--   $1 uuid actor · $2 uuid organisation · $3 uuid person · $4 text role
-- Columns: id of the organisation. Raises MD042, MD043, MD044.
SELECT market.change_role($1::uuid, $2::uuid, $3::uuid, $4::text) AS id
