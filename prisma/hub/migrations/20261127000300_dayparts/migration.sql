-- L by daypart (rule P3): the parts of the local day, each with an L of its own, so that a busy morning leaves room for
-- the evening. Their sum is the plan's L, which sets the noise. Two parallel lists; empty: the day is one part.
SET lock_timeout = '5s';

ALTER TABLE hub.plan
  -- first local hour of each part
  ADD COLUMN daypart_hours INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[],
  -- L of each part
  ADD COLUMN daypart_bounds INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[];

-- Whether parts begin at midnight, ascend, leave no hour out and sum to L.
CREATE FUNCTION ledger.dayparts_fit(p_hours integer[], p_bounds integer[], p_bound integer) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(
    CASE WHEN cardinality(p_hours) = 0 AND cardinality(p_bounds) = 0 THEN true
         ELSE cardinality(p_hours) >= 2 AND cardinality(p_hours) = cardinality(p_bounds) AND p_hours[1] = 0
          AND (SELECT bool_and(hour BETWEEN 0 AND 23 AND (n = 1 OR hour > p_hours[n - 1]))
                 FROM unnest(p_hours) WITH ORDINALITY AS h (hour, n))
          AND (SELECT bool_and(part >= 1) AND sum(part) = p_bound FROM unnest(p_bounds) AS b (part))
    END, false)
$$;
REVOKE EXECUTE ON FUNCTION ledger.dayparts_fit(integer[], integer[], integer) FROM PUBLIC;

ALTER TABLE hub.plan
  ADD CONSTRAINT plan_dayparts CHECK (ledger.dayparts_fit(daypart_hours, daypart_bounds, bound)
    -- a crowd that stays must not lose its level at the border of two parts; a day or more is no part of a day; a counter has
    -- no subject to bound
    AND (cardinality(daypart_hours) = 0 OR (statistic NOT IN ('OCCUPANCY', 'COUNTER') AND step IN ('PT10M', 'PT15M', 'PT1H'))));
