-- Reports of sensitive things. Parameter: $1 json, a list of rows of edge.report with `source` in hexadecimal.
-- Ordered by id: two workers with the same reports wait for each other in a line.
INSERT INTO edge.report (id, received_at, population, day, source, source_kind, verified, device, feed, key, revision,
                         category, severity, urgency, certainty, cause, at, longitude, latitude, snap_version, point,
                         block_start, block_end)
  SELECT id, received_at, population, day, decode(source, 'hex'), source_kind, verified, device, feed, key, revision,
         category, severity, urgency, certainty, cause, at, longitude, latitude, snap_version, point, block_start, block_end
    FROM json_to_recordset($1::json) AS r (id uuid, received_at timestamptz, population integer, day date, source text,
           source_kind text, verified boolean, device text, feed text, key text, revision integer, category text,
           severity text, urgency text, certainty text, cause text, at timestamptz, longitude double precision,
           latitude double precision, snap_version integer, point text, block_start timestamptz, block_end timestamptz)
   ORDER BY id
ON CONFLICT DO NOTHING
