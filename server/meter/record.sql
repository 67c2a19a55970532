-- Records what requests used, within their quotas (meter.record).
--   $1 text JSON: [{id, licence, organization, key, dataset, operation, units, month, quota}]
-- Columns: licence, month, used, refused (ids of requests of which nothing was recorded).
-- Plan: one row of meter.tally a licence and month, locked until the commit.
SELECT licence, month, used, refused FROM meter.record($1::jsonb)
