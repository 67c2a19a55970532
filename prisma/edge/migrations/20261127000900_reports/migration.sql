-- Reports of sensitive things (rule P14: collision, dumping, noise). What leaves is decided here, cell by cell and once.
SET lock_timeout = '5s';

-- One row a report and revision, as it was received: pseudonymised, restricted, dropped by chunk after days.
CREATE TABLE edge.report (
  -- made of population, day, source, key and revision
  id          uuid NOT NULL,
  received_at timestamptz NOT NULL,
  population  integer NOT NULL,
  day         date NOT NULL,
  -- who reports, under the key of the day: the same source has the same pseudonym all day
  source      bytea NOT NULL CHECK (length(source) = 16),
  source_kind text NOT NULL CHECK (source_kind IN ('DEVICE', 'AGENCY', 'ACCOUNT', 'GUEST')),
  -- a registered device that speaks for itself, or an account that a device with that right vouches for
  verified    boolean NOT NULL CHECK (NOT verified OR source_kind <> 'GUEST'),
  -- the registered device that signed, and its feed
  device      text NOT NULL,
  feed        text NOT NULL,
  -- the source's own name for what it reports; a higher revision replaces the earlier one
  key         text NOT NULL,
  revision    integer NOT NULL CHECK (revision >= 1),
  category    text NOT NULL CHECK (category IN ('TRAFFIC_ACCIDENT', 'DUMPING', 'NOISE')),
  severity    text NOT NULL,
  urgency     text NOT NULL,
  certainty   text NOT NULL,
  cause       text CHECK (cause IN ('ENVIRONMENT', 'HUMAN', 'TECHNICAL')),
  at          timestamptz NOT NULL,
  longitude   double precision NOT NULL,
  latitude    double precision NOT NULL,
  -- the cell: snap point of a version ('' where none is near) and block of the city's calendar
  snap_version integer NOT NULL,
  point       text NOT NULL,
  block_start timestamptz NOT NULL,
  block_end   timestamptz NOT NULL CHECK (block_end >= block_start + interval '3 hours'),
  CHECK (at >= block_start AND at < block_end),
  PRIMARY KEY (id, received_at)
);
SELECT create_hypertable('edge.report', by_range('received_at', interval '1 day'), create_default_indexes => false);
CREATE INDEX report_by_cell ON edge.report (population, block_start, snap_version, point);
CREATE INDEX report_revision ON edge.report (population, day, source, key, revision);

-- Free text after redaction, for the internal view alone. Never leaves this database.
CREATE TABLE edge.report_note (
  report      uuid NOT NULL,
  received_at timestamptz NOT NULL,
  note        text NOT NULL CHECK (length(note) BETWEEN 1 AND 4000),
  PRIMARY KEY (report, received_at)
);
SELECT create_hypertable('edge.report_note', by_range('received_at', interval '1 day'), create_default_indexes => false);

-- Cells that were judged: once, whatever comes later. `fact` is what is published of an unlocked one; null: locked.
CREATE TABLE edge.report_cell (
  population   integer NOT NULL,
  snap_version integer NOT NULL,
  point        text NOT NULL,
  block_start  timestamptz NOT NULL,
  fact         jsonb,
  published    boolean NOT NULL DEFAULT false CHECK (NOT published OR fact IS NOT NULL),
  -- a code where publication was refused
  refused      text,
  judged_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (population, snap_version, point, block_start)
);
CREATE INDEX report_cell_waiting ON edge.report_cell (judged_at) WHERE fact IS NOT NULL AND NOT published AND refused IS NULL;

-- Judges the cells whose time has come (rule P14): the day is sealed, so that nothing more can come, and the block ended 24 h ago.
-- A cell unlocks with k >= 5 distinct verified sources and l >= 2 distinct kinds, over all feeds and datasets of the population
-- together: whole, in one fact, or not at all. Each source counts once, by its newest revision; a device that was revoked since
-- counts no more, and neither does an account that it vouched for. What only fewer than five sources agree on is not told.
--   p_revoked: ids of the devices that are revoked now
--   answers how many cells were judged (restricted role: rule P12)
CREATE FUNCTION edge.unlock_reports(p_revoked text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_judged integer;
BEGIN
  IF p_revoked IS NULL OR array_position(p_revoked, NULL) IS NOT NULL THEN
    RAISE EXCEPTION 'the revoked devices must be known' USING ERRCODE = 'MD021';
  END IF;
  PERFORM pg_advisory_xact_lock(7391, 0);
  WITH due AS (
    SELECT r.population, r.snap_version, r.point, r.block_start, max(r.block_end) AS block_end
      FROM edge.report r
      JOIN edge.population_day d ON d.population = r.population AND d.day = r.day
     WHERE NOT EXISTS (SELECT FROM edge.report_cell c
                        WHERE c.population = r.population AND c.snap_version = r.snap_version
                          AND c.point = r.point AND c.block_start = r.block_start)
     GROUP BY r.population, r.snap_version, r.point, r.block_start
    HAVING bool_and(d.state = 'SEALED') AND max(r.block_end) + interval '24 hours' <= clock_timestamp()
  ), counted AS (
    SELECT r.population, r.snap_version, r.point, r.block_start, r.source, r.category, r.severity, r.cause
      FROM due c JOIN edge.report r USING (population, snap_version, point, block_start)
     WHERE r.verified AND r.device <> ALL (p_revoked)
       AND NOT EXISTS (SELECT FROM edge.report n
                        WHERE n.population = r.population AND n.day = r.day AND n.source = r.source
                          AND n.key = r.key AND n.revision > r.revision)
  ), unlocked AS (
    SELECT population, snap_version, point, block_start FROM counted
     GROUP BY population, snap_version, point, block_start
    HAVING count(DISTINCT source) >= 5 AND count(DISTINCT category) >= 2
  ), told AS (
    SELECT u.population, u.snap_version, u.point, u.block_start, k.category,
           coalesce((SELECT a.severity FROM counted a
                      WHERE (a.population, a.snap_version, a.point, a.block_start, a.category)
                          = (u.population, u.snap_version, u.point, u.block_start, k.category)
                      GROUP BY a.severity HAVING count(DISTINCT a.source) >= 5
                      ORDER BY count(DISTINCT a.source) DESC, a.severity LIMIT 1), 'UNKNOWN') AS severity,
           (SELECT a.cause FROM counted a
             WHERE (a.population, a.snap_version, a.point, a.block_start, a.category)
                 = (u.population, u.snap_version, u.point, u.block_start, k.category) AND a.cause IS NOT NULL
             GROUP BY a.cause HAVING count(DISTINCT a.source) >= 5
             ORDER BY count(DISTINCT a.source) DESC, a.cause LIMIT 1) AS cause
      FROM unlocked u
      CROSS JOIN LATERAL (SELECT DISTINCT category FROM counted k
                           WHERE (k.population, k.snap_version, k.point, k.block_start)
                               = (u.population, u.snap_version, u.point, u.block_start)) k
  )
  INSERT INTO edge.report_cell (population, snap_version, point, block_start, fact)
    SELECT c.population, c.snap_version, c.point, c.block_start,
           (SELECT jsonb_build_object('population', c.population, 'snapVersion', c.snap_version, 'point', nullif(c.point, ''),
                     'startsAt', c.block_start, 'endsAt', c.block_end, 'incidents',
                     jsonb_agg(jsonb_build_object('category', t.category, 'severity', t.severity, 'cause', t.cause)
                               ORDER BY t.category))
              FROM told t
             WHERE (t.population, t.snap_version, t.point, t.block_start)
                 = (c.population, c.snap_version, c.point, c.block_start)
            HAVING count(*) > 0)
      FROM due c;
  GET DIAGNOSTICS v_judged = ROW_COUNT;
  RETURN v_judged;
END $$;

-- The internal view: reports of one kind in one cell are one incident, with where each part of it comes from. Restricted.
CREATE VIEW edge.merged_incident AS
  SELECT r.population, r.day, r.snap_version, r.point, r.block_start, r.block_end, r.category,
         min(r.at) AS first_at, max(r.at) AS last_at, count(DISTINCT r.source) AS sources,
         count(DISTINCT r.source) FILTER (WHERE r.verified) AS verified_sources,
         jsonb_agg(jsonb_build_object('report', r.id, 'sourceKind', r.source_kind, 'verified', r.verified, 'device', r.device,
           'feed', r.feed, 'revision', r.revision, 'at', r.at, 'longitude', r.longitude, 'latitude', r.latitude,
           'severity', r.severity, 'urgency', r.urgency, 'certainty', r.certainty, 'cause', r.cause, 'note', n.note)
           ORDER BY r.at, r.id) AS provenance
    FROM edge.report r
    LEFT JOIN edge.report_note n ON n.report = r.id AND n.received_at = r.received_at
   WHERE NOT EXISTS (SELECT FROM edge.report later
                      WHERE later.population = r.population AND later.day = r.day AND later.source = r.source
                        AND later.key = r.key AND later.revision > r.revision)
   GROUP BY r.population, r.day, r.snap_version, r.point, r.block_start, r.block_end, r.category;

-- Retention: reports and their notes 7 days after receipt, by chunk; judged cells 30 days, longer than their reports.
--   answers how many chunks were dropped
CREATE FUNCTION edge.drop_reports() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_dropped integer;
BEGIN
  v_dropped := (SELECT count(*) FROM drop_chunks('edge.report_note', older_than => now() - interval '7 days'))
             + (SELECT count(*) FROM drop_chunks('edge.report', older_than => now() - interval '7 days'));
  DELETE FROM edge.report_cell WHERE judged_at < now() - interval '30 days';
  RETURN v_dropped;
END $$;

-- Least rights: ingest writes and reads nothing of it; the facts worker alone judges, publishes and reads notes.
REVOKE EXECUTE ON FUNCTION edge.unlock_reports(text[]), edge.drop_reports() FROM PUBLIC;
GRANT INSERT ON edge.report, edge.report_note TO madang_ingest;
GRANT EXECUTE ON FUNCTION edge.unlock_reports(text[]) TO madang_facts;
GRANT SELECT ON edge.report_cell, edge.merged_incident TO madang_facts;
GRANT UPDATE (published, refused) ON edge.report_cell TO madang_facts;
GRANT EXECUTE ON FUNCTION edge.drop_reports() TO madang_background;
