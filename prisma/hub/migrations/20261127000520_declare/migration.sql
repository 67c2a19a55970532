-- Declaring an outage with a correction failed: an answer's column had the name of a plan's.
SET lock_timeout = '5s';

CREATE OR REPLACE FUNCTION ledger.declare_outage(p_dataset text, p_from timestamptz, p_to timestamptz, p_reason hub."OutageReason",
  p_ko text, p_en text, p_by uuid, p_plan integer, p_days date[], p_own jsonb, p_refusal hub."CorrectionRefusal",
  OUT outage uuid, OUT plan integer, OUT version integer, OUT annotated_only hub."CorrectionRefusal")
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_outage uuid;
  v_plan integer;
  v_version integer;
  v_refusal hub."CorrectionRefusal" := p_refusal;
  v_constraint text;
BEGIN
  -- One declaration of a dataset at a time: versions are numbered.
  PERFORM FROM hub.dataset d WHERE d.id = p_dataset FOR UPDATE;
  IF p_plan IS NOT NULL THEN
    BEGIN
      INSERT INTO hub.outage (dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by)
        VALUES (p_dataset, p_from, p_to, p_reason, p_ko, p_en, p_by) RETURNING id INTO v_outage;
      v_version := (SELECT max(p.version) + 1 FROM hub.plan p WHERE p.dataset_id = p_dataset);
      v_plan := nextval(pg_get_serial_sequence('hub.plan', 'number'));
      INSERT INTO hub.plan
        SELECT (jsonb_populate_record(p, p_own || jsonb_build_object('number', v_plan, 'version', v_version,
                                                                      'corrects', p.number, 'outage_id', v_outage))).*
          FROM hub.plan p WHERE p.number = p_plan;
      INSERT INTO hub.partition
        SELECT (jsonb_populate_record(q, jsonb_build_object('plan_number', v_plan))).*
          FROM hub.partition q WHERE q.plan_number = p_plan;
      INSERT INTO ledger.debit (plan, day) SELECT v_plan, d.day FROM unnest(p_days) AS d (day) ORDER BY d.day;
      outage := v_outage;
      plan := v_plan;
      version := v_version;
      RETURN;
    EXCEPTION WHEN check_violation THEN
      GET STACKED DIAGNOSTICS v_constraint = CONSTRAINT_NAME;
      IF v_constraint NOT IN ('corrections_within_reserve', 'budget_not_overspent') THEN RAISE; END IF;
      v_refusal := 'RESERVE_EXHAUSTED';
    END;
  END IF;
  INSERT INTO hub.outage (dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by, annotated_only)
    VALUES (p_dataset, p_from, p_to, p_reason, p_ko, p_en, p_by, v_refusal) RETURNING id INTO v_outage;
  outage := v_outage;
  annotated_only := v_refusal;
END $$;
