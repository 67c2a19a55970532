-- Outages that are declared in public, and corrections as versions (rule P8): a correction is a plan of its own kind with
-- its own debit, taken from the reserve. Constraints and triggers hold the rule; no process can declare an outage.
SET lock_timeout = '5s';

-- CreateEnum
CREATE TYPE "hub"."OutageReason" AS ENUM ('POWER', 'NETWORK', 'DEVICE_FAULT', 'HUB_FAULT', 'MAINTENANCE', 'DISASTER');

-- CreateEnum
CREATE TYPE "hub"."CorrectionRefusal" AS ENUM ('NOT_ASKED', 'NO_WHOLE_WINDOW', 'STEP_TOO_LONG', 'DAY_SEALED', 'RESERVE_EXHAUSTED');

-- CreateTable
CREATE TABLE "hub"."outage" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "dataset_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" "hub"."OutageReason" NOT NULL,
    "text_ko" TEXT NOT NULL,
    "text_en" TEXT NOT NULL,
    "declared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "declared_by" UUID NOT NULL,
    "annotated_only" "hub"."CorrectionRefusal",

    CONSTRAINT "outage_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "hub"."plan" ADD COLUMN     "corrects" INTEGER,
ADD COLUMN     "outage_id" UUID;

-- CreateIndex
CREATE INDEX "outage_dataset_id_starts_at_idx" ON "hub"."outage"("dataset_id", "starts_at");

-- CreateIndex
CREATE INDEX "plan_outage_id_idx" ON "hub"."plan"("outage_id");

-- AddForeignKey
ALTER TABLE "hub"."outage" ADD CONSTRAINT "outage_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "hub"."dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."outage" ADD CONSTRAINT "outage_declared_by_fkey" FOREIGN KEY ("declared_by") REFERENCES "hub"."organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."plan" ADD CONSTRAINT "plan_corrects_fkey" FOREIGN KEY ("corrects") REFERENCES "hub"."plan"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."plan" ADD CONSTRAINT "plan_outage_id_fkey" FOREIGN KEY ("outage_id") REFERENCES "hub"."outage"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Declared once its end is known, for good: nobody changes a declaration, also not its owner.
ALTER TABLE hub.outage
  ADD CONSTRAINT outage_is_over CHECK (starts_at < ends_at AND ends_at <= declared_at),
  ADD CONSTRAINT outage_texts CHECK (length(text_ko) BETWEEN 1 AND 500 AND length(text_en) BETWEEN 1 AND 500);

CREATE FUNCTION ledger.outage_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'a declared outage stands' USING ERRCODE = 'MD019';
END $$;
CREATE TRIGGER outage_stands BEFORE UPDATE OR DELETE ON hub.outage FOR EACH ROW EXECUTE FUNCTION ledger.outage_stands();

-- A correction names what it corrects and the outage that it is for; an ordinary plan names neither.
ALTER TABLE hub.plan ADD CONSTRAINT correction_has_outage CHECK ((corrects IS NULL) = (outage_id IS NULL));

-- A correction is its plan again, but for its number, its version and what follows from its own ε.
CREATE FUNCTION ledger.is_correction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  c_own CONSTANT text[] := ARRAY['number', 'version', 'corrects', 'outage_id', 'epsilon_micro', 'nano_rho',
                                 'scale_numerator', 'scale_denominator', 'half_width_95'];
  v_corrected hub.plan;
BEGIN
  SELECT * INTO v_corrected FROM hub.plan WHERE number = NEW.corrects;
  IF NOT FOUND OR v_corrected.corrects IS NOT NULL OR v_corrected.step IN ('P1M', 'P1Y')
     OR NEW.version <= v_corrected.version OR to_jsonb(NEW) - c_own <> to_jsonb(v_corrected) - c_own
     OR NOT EXISTS (SELECT FROM hub.outage WHERE id = NEW.outage_id AND dataset_id = NEW.dataset_id) THEN
    RAISE EXCEPTION 'not a correction of plan % for an outage of its dataset', NEW.corrects USING ERRCODE = 'MD014';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER is_correction BEFORE INSERT OR UPDATE ON hub.plan
  FOR EACH ROW WHEN (NEW.corrects IS NOT NULL) EXECUTE FUNCTION ledger.is_correction();

-- Corrections are not planned: the reserve pays for them.
CREATE OR REPLACE FUNCTION ledger.plans_fit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM FROM hub.population WHERE number = NEW.population_number FOR UPDATE;
  IF (SELECT sum(epsilon_micro) FROM hub.plan WHERE population_number = NEW.population_number AND corrects IS NULL)
     > (SELECT planned_micro FROM hub.population WHERE number = NEW.population_number) THEN
    RAISE EXCEPTION 'the plans of this population would spend more than it may plan' USING ERRCODE = 'MD013';
  END IF;
  RETURN NULL;
END $$;

-- spent_micro is all that a day has cost, corrected_micro the part of it that corrections cost. Plans never touch the
-- reserve, corrections nothing but it, both together never more than the cap.
ALTER TABLE ledger.population_day
  ADD COLUMN corrected_micro integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT plans_leave_the_reserve,
  ADD CONSTRAINT plans_leave_the_reserve CHECK (spent_micro - corrected_micro <= planned_micro),
  ADD CONSTRAINT corrections_within_reserve CHECK (corrected_micro BETWEEN 0 AND cap_micro - planned_micro);

CREATE OR REPLACE FUNCTION ledger.take_debit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_corrected integer;
BEGIN
  SELECT p.population_number, p.epsilon_micro, p.nano_rho, CASE WHEN p.corrects IS NULL THEN 0 ELSE p.epsilon_micro END
    INTO STRICT NEW.population, NEW.epsilon_micro, NEW.nano_rho, v_corrected
    FROM hub.plan p WHERE p.number = NEW.plan;
  NEW.at := now();
  INSERT INTO ledger.population_day (population, day, cap_micro, planned_micro)
    SELECT p.number, NEW.day, p.cap_micro, p.planned_micro FROM hub.population p WHERE p.number = NEW.population
    ON CONFLICT DO NOTHING;
  PERFORM FROM ledger.population_day WHERE population = NEW.population AND day = NEW.day FOR UPDATE;
  -- The same debit twice is one debit: it is skipped and spends nothing.
  IF EXISTS (SELECT FROM ledger.debit d WHERE d.plan = NEW.plan AND d.day = NEW.day) THEN
    RETURN NULL;
  END IF;
  UPDATE ledger.population_day
     SET spent_micro = spent_micro + NEW.epsilon_micro, spent_nano_rho = spent_nano_rho + NEW.nano_rho,
         corrected_micro = corrected_micro + v_corrected
   WHERE population = NEW.population AND day = NEW.day;
  RETURN NEW;
END $$;

-- A correction is debited for days of its outage alone, for which its plan stands debited, while they may still be open:
-- a day is sealed at the latest six hours after its end and lateness. Whether it is, the edge database says when the
-- correction is opened there.
CREATE FUNCTION ledger.correction_in_time() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  p hub.plan;
  o hub.outage;
  v_zone text;
  v_lateness integer;
BEGIN
  SELECT * INTO STRICT p FROM hub.plan WHERE number = NEW.plan;
  IF p.corrects IS NULL OR EXISTS (SELECT FROM ledger.debit d WHERE d.plan = NEW.plan AND d.day = NEW.day) THEN
    RETURN NEW;
  END IF;
  SELECT * INTO STRICT o FROM hub.outage WHERE id = p.outage_id;
  SELECT c.time_zone, n.lateness_seconds INTO STRICT v_zone, v_lateness
    FROM hub.population n JOIN hub.city c ON c.id = n.city_id WHERE n.number = p.population_number;
  IF NEW.day < (o.starts_at AT TIME ZONE v_zone)::date
     OR NEW.day > ((o.ends_at - interval '1 microsecond') AT TIME ZONE v_zone)::date THEN
    RAISE EXCEPTION 'the outage does not reach into %', NEW.day USING ERRCODE = 'MD015';
  END IF;
  IF NOT EXISTS (SELECT FROM ledger.debit d WHERE d.plan = p.corrects AND d.day = NEW.day)
     OR now() > ((NEW.day + 1)::timestamp AT TIME ZONE v_zone) + make_interval(secs => v_lateness) + interval '6 hours' THEN
    RAISE EXCEPTION 'the day % is not open', NEW.day USING ERRCODE = 'MD016';
  END IF;
  IF EXISTS (SELECT to_jsonb(q) - 'plan_number' FROM hub.partition q WHERE q.plan_number = p.corrects
             EXCEPT SELECT to_jsonb(q) - 'plan_number' FROM hub.partition q WHERE q.plan_number = p.number)
     OR EXISTS (SELECT to_jsonb(q) - 'plan_number' FROM hub.partition q WHERE q.plan_number = p.number
                EXCEPT SELECT to_jsonb(q) - 'plan_number' FROM hub.partition q WHERE q.plan_number = p.corrects) THEN
    RAISE EXCEPTION 'the partitions are not those of plan %', p.corrects USING ERRCODE = 'MD014';
  END IF;
  RETURN NEW;
END $$;
-- Triggers fire in order of name: before take_debit.
CREATE TRIGGER correction_in_time BEFORE INSERT ON ledger.debit FOR EACH ROW EXECUTE FUNCTION ledger.correction_in_time();

-- A correction releases windows that lie within its outage, and no other.
CREATE FUNCTION ledger.within_outage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM hub.plan p JOIN hub.outage o ON o.id = p.outage_id
              WHERE p.number = NEW.plan AND NOT (NEW.window_start >= o.starts_at AND NEW.window_end <= o.ends_at)) THEN
    RAISE EXCEPTION 'the window does not lie within the outage' USING ERRCODE = 'MD017';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER within_outage BEFORE INSERT ON ledger.slot FOR EACH ROW EXECUTE FUNCTION ledger.within_outage();

-- Every declaration is a leaf of the log, public at once.
ALTER TABLE open.log_leaf DROP CONSTRAINT log_leaf_kind_check,
  ADD CONSTRAINT log_leaf_kind_check CHECK (kind IN ('RELEASE', 'ABANDONED', 'FACT', 'OUTAGE'));

CREATE FUNCTION ledger.log_outage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  o hub.outage;
BEGIN
  SELECT * INTO STRICT o FROM hub.outage WHERE id = NEW.id;
  PERFORM open.append_leaf('OUTAGE', jsonb_build_object('id', o.id, 'dataset', o.dataset_id, 'from', o.starts_at,
    'to', o.ends_at, 'reason', o.reason, 'textKo', o.text_ko, 'textEn', o.text_en, 'by', o.declared_by,
    'annotatedOnly', o.annotated_only, 'publishedAt', o.declared_at,
    'correction', (SELECT jsonb_build_object('version', p.version, 'corrects', c.version, 'epsilonMicro', p.epsilon_micro)
                     FROM hub.plan p JOIN hub.plan c ON c.number = p.corrects WHERE p.outage_id = o.id)));
  RETURN NULL;
END $$;
-- At commit, so that the leaf knows the correction.
CREATE CONSTRAINT TRIGGER log_outage AFTER INSERT ON hub.outage
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.log_outage();

CREATE FUNCTION ledger.declared_now() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  NEW.declared_at := date_trunc('milliseconds', now());
  RETURN NEW;
END $$;
CREATE TRIGGER declared_now BEFORE INSERT ON hub.outage FOR EACH ROW EXECUTE FUNCTION ledger.declared_now();

-- Declares an outage of a dataset and, where it is asked for and the reserve of every day bears it, its correction: plan,
-- partitions and debits, all in one transaction or none of them.
--   p_plan: the plan to correct, null: none; p_days: the local days of its windows that lie within the outage
--   p_own: what the correction has of its own: epsilon_micro and the columns of hub.plan that follow from it
--   p_refusal: where p_plan is null: why nothing is corrected
--   answers the outage, the correction's plan and version (null: none), and why it is annotated only (null: it is not)
--   raises MD014 … MD016, and the constraints of hub.outage
CREATE FUNCTION ledger.declare_outage(p_dataset text, p_from timestamptz, p_to timestamptz, p_reason hub."OutageReason",
  p_ko text, p_en text, p_by uuid, p_plan integer, p_days date[], p_own jsonb, p_refusal hub."CorrectionRefusal",
  OUT outage uuid, OUT plan integer, OUT version integer, OUT annotated_only hub."CorrectionRefusal")
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_constraint text;
BEGIN
  -- One declaration of a dataset at a time: versions are numbered.
  PERFORM FROM hub.dataset d WHERE d.id = p_dataset FOR UPDATE;
  annotated_only := p_refusal;
  IF p_plan IS NOT NULL THEN
    annotated_only := NULL;
    BEGIN
      INSERT INTO hub.outage (dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by)
        VALUES (p_dataset, p_from, p_to, p_reason, p_ko, p_en, p_by) RETURNING id INTO outage;
      SELECT max(p.version) + 1 INTO version FROM hub.plan p WHERE p.dataset_id = p_dataset;
      plan := nextval(pg_get_serial_sequence('hub.plan', 'number'));
      INSERT INTO hub.plan
        SELECT (jsonb_populate_record(p, p_own || jsonb_build_object('number', plan, 'version', version,
                                                                      'corrects', p.number, 'outage_id', outage))).*
          FROM hub.plan p WHERE p.number = p_plan;
      INSERT INTO hub.partition
        SELECT (jsonb_populate_record(q, jsonb_build_object('plan_number', plan))).*
          FROM hub.partition q WHERE q.plan_number = p_plan;
      INSERT INTO ledger.debit (plan, day) SELECT plan, day FROM unnest(p_days) AS day ORDER BY day;
      RETURN;
    EXCEPTION WHEN check_violation THEN
      GET STACKED DIAGNOSTICS v_constraint = CONSTRAINT_NAME;
      IF v_constraint NOT IN ('corrections_within_reserve', 'budget_not_overspent') THEN RAISE; END IF;
      annotated_only := 'RESERVE_EXHAUSTED';
      plan := NULL;
      version := NULL;
    END;
  END IF;
  INSERT INTO hub.outage (dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by, annotated_only)
    VALUES (p_dataset, p_from, p_to, p_reason, p_ko, p_en, p_by, annotated_only) RETURNING id INTO outage;
END $$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;

-- A window that was abandoned as a correction corrects nothing: what the plan itself released stands.
CREATE VIEW open.published_correction AS
  SELECT p.outage_id AS outage, p.dataset_id AS dataset, p.number AS plan, p.version, c.version AS corrects, r.window_start,
         r.window_end, r.abandoned
    FROM hub.plan p JOIN hub.plan c ON c.number = p.corrects JOIN open.release r ON r.plan = p.number
   WHERE r.published_at <= now();

GRANT SELECT ON hub.outage TO madang_api, madang_release, madang_ingest;
GRANT SELECT ON open.published_correction TO madang_api;
