-- Asks for a licence.
--   $1 jsonb {actor, organization, offer, purpose, purposeText, area, from, to, step, quota, renews}
-- Columns: id of the licence. Raises MD042, MD043, MD044.
SELECT (market.request_licence($1::jsonb)).id AS id
