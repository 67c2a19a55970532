-- Notes that a steward saw proof of the business; once.
--   $1 uuid actor · $2 uuid organisation
-- Columns: id of the organisation. Raises MD040 when it is attested already, MD042, MD044.
SELECT market.attest_organization($1::uuid, $2::uuid) AS id
