-- Closes an organisation: its requests are withdrawn, licences given back, keys end, members leave; the record stays.
--   $1 uuid actor · $2 uuid organisation · $3 text reason
-- Columns: id of the organisation. Raises MD042 for one that provides data, MD044.
SELECT market.close_organization($1::uuid, $2::uuid, $3::text) AS id
