-- Notes of reports, redacted. Parameters, in parallel: $1 uuid[] report, $2 timestamptz[] received at, $3 text[] note.
INSERT INTO edge.report_note (report, received_at, note)
  SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS n (report, received_at, note) ORDER BY report
ON CONFLICT DO NOTHING
