-- Slots that wait for their vector longer than a release takes: left by a crash.
--   columns: population, plan, window_start, window_end (epoch ms), first_day, last_day. Index slot_reserved.
SELECT p.population_number AS population, s.plan, floor(extract(epoch FROM s.window_start) * 1000)::bigint AS window_start,
       floor(extract(epoch FROM s.window_end) * 1000)::bigint AS window_end, s.first_day, s.last_day
  FROM ledger.slot s JOIN hub.plan p ON p.number = s.plan
 WHERE s.state = 'RESERVED' AND s.reserved_at < now() - interval '5 seconds'
 ORDER BY s.first_day LIMIT 10000
