-- Joins the organisation of an invitation: only who has its address, verified.
--   $1 uuid actor · $2 uuid invitation
-- Columns: id of the organisation. Raises MD041 when the invitation is over, MD044 for anybody else.
SELECT market.accept_invitation($1::uuid, $2::uuid) AS id
