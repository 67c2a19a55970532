-- Which batch used a device's sequence number first, and with what content?
-- Parameters: $1 text[] device, $2 bigint[] sequence. Columns: device, sequence, batch, digest, at.
SELECT s.device, s.sequence, s.batch, s.digest, s.at
  FROM unnest($1::text[], $2::bigint[]) AS u (device, sequence) JOIN edge.sequence s USING (device, sequence)
