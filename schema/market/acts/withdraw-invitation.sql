-- Takes an invitation back.
--   $1 uuid actor · $2 uuid invitation
-- Columns: id of the organisation. Raises MD041, MD042, MD044.
SELECT market.withdraw_invitation($1::uuid, $2::uuid) AS id
