-- Makes another member the owner; the actor becomes a manager.
--   $1 uuid actor · $2 uuid organisation · $3 uuid person
-- Columns: id of the organisation. Raises MD042, MD043, MD044.
SELECT market.transfer_ownership($1::uuid, $2::uuid, $3::uuid) AS id
