-- Histograms with fixed public bins (rule P7): the lower edges of the bins stand in the plan, as integers in the unit of the
-- statistic (SPEED 0.1 km/h, DWELL seconds). The first bin begins at 0, the last one is open. A partition is a zone and a
-- bin; its category names the bin: "0-100", "100-200", … "500-".
SET lock_timeout = '5s';

ALTER TABLE hub.plan ADD COLUMN bin_edges INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[];

-- Whether edges ascend from 0 and leave at least two bins.
CREATE FUNCTION ledger.bins_fit(p_edges integer[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(cardinality(p_edges) BETWEEN 2 AND 64 AND p_edges[1] = 0
    AND (SELECT bool_and(edge IS NOT NULL AND (n = 1 OR edge > p_edges[n - 1]))
           FROM unnest(p_edges) WITH ORDINALITY AS e (edge, n)), false)
$$;
REVOKE EXECUTE ON FUNCTION ledger.bins_fit(integer[]) FROM PUBLIC;

ALTER TABLE hub.plan
  DROP CONSTRAINT plan_split,
  ADD CONSTRAINT plan_split CHECK (split IN ('NONE', 'HOUR', 'CATEGORY', 'BIN')),
  ADD CONSTRAINT plan_bins CHECK (
    CASE WHEN statistic IN ('SPEED', 'DWELL') THEN split = 'BIN' AND ledger.bins_fit(bin_edges)
         ELSE split <> 'BIN' AND cardinality(bin_edges) = 0 END);

-- A partition of a histogram names one of the plan's bins.
CREATE FUNCTION ledger.partitions_name_bins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (
    SELECT FROM added a JOIN hub.plan p ON p.number = a.plan_number AND p.split = 'BIN'
     WHERE NOT EXISTS (SELECT FROM unnest(p.bin_edges) WITH ORDINALITY AS e (edge, n)
                        WHERE a.category = concat(edge, '-', p.bin_edges[n + 1]))) THEN
    RAISE EXCEPTION 'a partition of a histogram names none of its bins' USING ERRCODE = 'MD018';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER partitions_name_bins AFTER INSERT ON hub.partition REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.partitions_name_bins();
CREATE TRIGGER partitions_still_name_bins AFTER UPDATE ON hub.partition REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.partitions_name_bins();
