-- Closes an organisation: keys end, members leave, the record stays.
--   $1 uuid actor · $2 uuid organisation · $3 text reason
-- Columns: id of the organisation. Raises MD041 while licences are in force, MD042, MD044.
SELECT market.close_organization($1::uuid, $2::uuid, $3::text) AS id
