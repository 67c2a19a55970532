-- Least rights, one role a process. The API has no login here at all.
SET lock_timeout = '5s';

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA edge FROM PUBLIC;
-- The extension's functions live in public.
GRANT USAGE ON SCHEMA public TO madang_intake, madang_ingest, madang_release, madang_facts, madang_background;
GRANT USAGE ON SCHEMA edge TO madang_intake, madang_ingest, madang_release, madang_facts, madang_background;

GRANT INSERT ON edge.batch, edge.inbox, edge.sequence TO madang_intake;
GRANT SELECT ON edge.sequence, edge.population_day TO madang_intake;

GRANT SELECT ON edge.batch, edge.inbox, edge.population_day, edge.plan_day TO madang_ingest;
-- FOR SHARE wants a right to change: one column that says nothing.
GRANT UPDATE (state, reason, accepted, rejected, repeated) ON edge.batch TO madang_ingest;
GRANT UPDATE (ended_at) ON edge.population_day TO madang_ingest;
GRANT INSERT ON edge.contribution, edge.counter, edge.heartbeat, edge.fact, edge.quarantine TO madang_ingest;

GRANT SELECT ON edge.batch, edge.contribution, edge.bounded, edge.counter, edge.heartbeat, edge.frozen, edge.draw,
  edge.population_day, edge.plan_day, edge.day_count, edge.day_report TO madang_release;
GRANT INSERT ON edge.bounded, edge.frozen, edge.draw, edge.population_day, edge.plan_day, edge.day_count, edge.day_report
  TO madang_release;
GRANT UPDATE (state, sealed_at, key_destroyed_at) ON edge.population_day TO madang_release;
GRANT UPDATE (frozen_until) ON edge.plan_day TO madang_release;
GRANT DELETE ON edge.contribution, edge.bounded, edge.counter, edge.frozen, edge.day_count TO madang_release;
GRANT EXECUTE ON FUNCTION edge.drop_day(date) TO madang_release;

GRANT SELECT ON edge.fact, edge.heartbeat TO madang_facts;
GRANT UPDATE (published, refused) ON edge.fact TO madang_facts;

GRANT EXECUTE ON FUNCTION edge.pending(interval, integer), edge.drop_expired() TO madang_background;
