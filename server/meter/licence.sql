-- What is metered of a licence?
--   $1 uuid licence
-- Columns: licence, organization, quota (units a month), timeZone (of its city). No row: it was never in force.
-- Plan: licence_pkey.
SELECT licence, organization, quota, time_zone AS "timeZone" FROM market.entitlement WHERE licence = $1
