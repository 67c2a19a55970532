-- Changes what is told of an organisation.
--   $1 uuid actor · $2 uuid organisation · $3 jsonb any of {nameKo, nameEn, url, stage, registrationNumber}
-- Columns: id of the organisation. Raises MD042, MD043, MD044.
SELECT market.update_organization($1::uuid, $2::uuid, $3::jsonb) AS id
