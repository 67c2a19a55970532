-- What each tier may see of a dataset, and offers that say all that is paid, allowed and kept: in words, in ODRL, in columns.
SET lock_timeout = '5s';

ALTER TABLE hub.organization
  -- of a company; null for public bodies
  ADD COLUMN stage text CONSTRAINT organization_stage CHECK (stage IN ('PRE_STARTUP', 'STARTUP', 'GROWTH')),
  ADD COLUMN registration_number text CONSTRAINT organization_registration
    CHECK (registration_number ~ '^[0-9A-Za-z-]{5,30}$'),
  -- a steward saw proof of the business, once; persons stand in market.person
  ADD COLUMN attested_at timestamptz(3),
  ADD COLUMN attested_by uuid,
  ADD COLUMN created_by uuid,
  ADD COLUMN closed_at timestamptz(3),
  ADD CONSTRAINT organization_attested CHECK ((attested_at IS NULL) = (attested_by IS NULL));

-- Grants need two different approvers.
ALTER TABLE hub.dataset ADD COLUMN high_risk boolean NOT NULL DEFAULT false;

-- A tier is a view of the same released values: no row, that tier sees nothing.
CREATE TABLE hub.dataset_view (
  dataset_id    text NOT NULL REFERENCES hub.dataset (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  tier          hub."Tier" NOT NULL,
  -- the finest step that it sees; null: as released
  finest_step   text CONSTRAINT dataset_view_step CHECK (finest_step IN ('PT10M', 'PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y')),
  -- how long after its end a window shows
  delay_seconds integer NOT NULL DEFAULT 0 CONSTRAINT dataset_view_delay CHECK (delay_seconds BETWEEN 0 AND 31622400),
  CONSTRAINT dataset_view_pkey PRIMARY KEY (dataset_id, tier)
);
GRANT SELECT ON hub.dataset_view TO madang_api;
-- What was open stays open.
INSERT INTO hub.dataset_view (dataset_id, tier) SELECT id, tier FROM hub.dataset;

ALTER TABLE hub.offer
  ADD COLUMN text_ko text NOT NULL DEFAULT '',
  ADD COLUMN text_en text NOT NULL DEFAULT '',
  ADD COLUMN price_model text NOT NULL DEFAULT 'FREE',
  ADD COLUMN unit_price_micro bigint NOT NULL DEFAULT 0,
  ADD COLUMN free_quota bigint NOT NULL DEFAULT 0,
  ADD COLUMN monthly_cap bigint,
  ADD COLUMN carry_over boolean NOT NULL DEFAULT false,
  ADD COLUMN purposes text[] NOT NULL DEFAULT '{}',
  ADD COLUMN quota_monthly bigint NOT NULL DEFAULT 1000000,
  ADD COLUMN notice_days integer NOT NULL DEFAULT 30,
  ADD COLUMN price_notice_days integer NOT NULL DEFAULT 90,
  ADD COLUMN decision_days integer NOT NULL DEFAULT 14;
ALTER TABLE hub.offer ALTER COLUMN text_ko DROP DEFAULT, ALTER COLUMN text_en DROP DEFAULT, ALTER COLUMN purposes DROP DEFAULT;
ALTER TABLE hub.offer
  ADD CONSTRAINT offer_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT offer_amounts CHECK (price BETWEEN 0 AND 1000000000 AND unit_price_micro BETWEEN 0 AND 1000000000000
    AND free_quota BETWEEN 0 AND 1000000000000 AND (monthly_cap IS NULL OR monthly_cap BETWEEN 0 AND 1000000000000)
    AND quota_monthly BETWEEN 1 AND 1000000000000),
  -- FLAT: once; SUBSCRIPTION: a month; METERED: by use above what is free, up to a cap a month
  ADD CONSTRAINT offer_price_model CHECK (CASE price_model
    WHEN 'FREE' THEN price = 0 AND unit_price_micro = 0 AND monthly_cap IS NULL AND NOT carry_over
    WHEN 'FLAT' THEN price > 0 AND unit_price_micro = 0 AND monthly_cap IS NULL AND NOT carry_over
    WHEN 'METERED' THEN price = 0 AND unit_price_micro > 0 AND NOT carry_over
    WHEN 'SUBSCRIPTION' THEN price > 0 AND unit_price_micro = 0 AND monthly_cap IS NULL
    ELSE false END),
  ADD CONSTRAINT offer_times CHECK (notice_days BETWEEN 0 AND 730 AND price_notice_days BETWEEN 90 AND 730
    AND decision_days BETWEEN 1 AND 45),
  -- core/licence/terms.ts has the same list, with words
  ADD CONSTRAINT offer_purposes CHECK (purposes <@ ARRAY['RESEARCH', 'PRODUCT_DEVELOPMENT', 'COMMERCIAL_SERVICE',
    'PUBLIC_SERVICE', 'EDUCATION', 'JOURNALISM']);
-- Offers of the first form have neither words nor purposes; no new one may lack them.
ALTER TABLE hub.offer
  ADD CONSTRAINT offer_words CHECK (text_ko <> '' AND text_en <> '' AND cardinality(purposes) > 0) NOT VALID;

-- A change is a new version: what somebody agreed to stays as it was.
CREATE FUNCTION hub.keep_offer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'an offer is fixed: add a new version' USING ERRCODE = 'MD042';
END $$;
CREATE TRIGGER keep_offer BEFORE UPDATE ON hub.offer FOR EACH ROW EXECUTE FUNCTION hub.keep_offer();
REVOKE EXECUTE ON FUNCTION hub.keep_offer() FROM PUBLIC;
