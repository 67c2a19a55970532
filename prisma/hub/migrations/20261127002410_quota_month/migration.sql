-- What a month's quota is: the licence's, and with carry-over what the month before left of its own.
SET lock_timeout = '5s';

-- MD040 to MD049 are the market's, from MD050 the log's.
CREATE OR REPLACE FUNCTION meter.keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'what was counted is kept as it is' USING ERRCODE = 'MD060';
END $$;

-- How a licence stands in a month (first day of it): units used, its quota, what was carried over, its city's time zone.
-- Always one row. Carry-over (monthQuota of core/licence/price.ts): what the month before left of the quota, once, when
-- the licence was in force then.
CREATE FUNCTION meter.standing(p_licence uuid, p_month date)
RETURNS TABLE (used bigint, quota bigint, carried bigint, time_zone text, dataset text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce(t.used, 0), coalesce(l.quota, 0),
         CASE WHEN f.carry_over AND greatest((l.activated_at AT TIME ZONE c.time_zone)::date, l.valid_from) < p_month
              THEN greatest(0, l.quota - coalesce(b.used, 0)) ELSE 0 END,
         coalesce(c.time_zone, 'UTC'), coalesce(l.dataset, '')
    FROM (VALUES (p_licence)) AS asked (licence)
    LEFT JOIN market.licence l ON l.id = asked.licence
    LEFT JOIN hub.offer f ON f.id = l.offer
    LEFT JOIN hub.dataset d ON d.id = l.dataset
    LEFT JOIN hub.city c ON c.id = d.city_id
    LEFT JOIN meter.tally t ON t.licence = asked.licence AND t.month = p_month
    LEFT JOIN meter.tally b ON b.licence = asked.licence AND b.month = (p_month - interval '1 month')::date
$$;

REVOKE EXECUTE ON FUNCTION meter.standing(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meter.standing(uuid, date) TO madang_api;
