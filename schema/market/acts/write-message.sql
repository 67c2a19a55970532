-- Adds to the conversation about a request.
--   $1 uuid actor · $2 uuid licence · $3 text
-- Columns: id of the message. Raises MD043, MD044.
SELECT market.write_message($1::uuid, $2::uuid, $3::text) AS id
