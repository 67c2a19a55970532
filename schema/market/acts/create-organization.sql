-- Makes an organisation whose owner the actor becomes.
--   $1 uuid actor · $2 jsonb {slug, nameKo, nameEn, url, stage, registrationNumber}
-- Columns: id of the organisation. Raises MD043 where a value breaks a rule.
SELECT market.create_organization($1::uuid, $2::jsonb) AS id
