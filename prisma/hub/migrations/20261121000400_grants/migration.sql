-- Least rights, one role a process. The roles are made outside the migrations (prisma/roles.ts): they are cluster-wide.
SET lock_timeout = '5s';

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger, open FROM PUBLIC;

GRANT USAGE ON SCHEMA hub, open, ledger TO madang_api;
GRANT SELECT ON ALL TABLES IN SCHEMA hub TO madang_api;
REVOKE SELECT ON hub.device_key, hub.processing_record, hub.backfill FROM madang_api;
GRANT SELECT ON open.published_release, open.published_observation, open.published_event, open.published_availability,
  open.published_leaf, open.freshness TO madang_api;
GRANT SELECT ON ledger.population_day, ledger.debit TO madang_api;

GRANT USAGE ON SCHEMA hub TO madang_intake;
GRANT SELECT ON hub.device, hub.device_key, hub.stream_right, hub.feed, hub.population, hub.city, hub.backfill TO madang_intake;

GRANT USAGE ON SCHEMA hub TO madang_ingest;
GRANT SELECT ON hub.city, hub.zone, hub.dataset, hub.feed, hub."_DatasetToFeed", hub.population, hub.plan, hub.partition,
  hub.device, hub.edge_model, hub.backfill TO madang_ingest;

GRANT USAGE ON SCHEMA hub, open, ledger TO madang_release;
GRANT SELECT ON hub.city, hub.dataset, hub.population, hub.plan, hub.partition, hub.feed, hub.device, hub.stream_right,
  hub.backfill TO madang_release;
GRANT SELECT, INSERT ON ledger.debit, ledger.slot, ledger.slot_debit TO madang_release;
GRANT SELECT ON ledger.population_day TO madang_release;
GRANT EXECUTE ON FUNCTION open.commit_slot(uuid, bigint[], integer[], boolean[]), open.abandon_slot(uuid) TO madang_release;

GRANT USAGE ON SCHEMA hub, open TO madang_facts;
GRANT SELECT ON hub.city, hub.dataset, hub.feed, hub."_DatasetToFeed", hub.device, hub.stream_right, hub.zone TO madang_facts;
GRANT EXECUTE ON FUNCTION open.publish_fact(text, jsonb, integer) TO madang_facts;

GRANT USAGE ON SCHEMA hub TO madang_background;
GRANT SELECT ON hub.city, hub.population, hub.plan, hub.dataset TO madang_background;
GRANT INSERT ON hub.processing_record TO madang_background;
