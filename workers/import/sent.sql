-- Numbers of a device's batches that were acknowledged before.
--   $1 device, $2 from, $3 to before
SELECT sequence FROM edge.sequence WHERE device = $1 AND sequence >= $2 AND sequence < $3
