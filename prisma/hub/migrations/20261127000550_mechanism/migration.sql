-- The noise of a plan is discrete Laplace (pure ε) or discrete Gaussian (ε and δ). The ledger keeps δ beside ε and ρ, in
-- pico-δ, and no population spends more than 1e-6 of it a day.
SET lock_timeout = '5s';

-- CreateEnum
CREATE TYPE "hub"."Mechanism" AS ENUM ('LAPLACE', 'GAUSSIAN');

-- AlterTable
ALTER TABLE "hub"."plan" ADD COLUMN     "delta_pico" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "mechanism" "hub"."Mechanism" NOT NULL DEFAULT 'LAPLACE',
-- the fraction of σ² has up to thirteen digits above
ALTER COLUMN "scale_numerator" SET DATA TYPE BIGINT,
ALTER COLUMN "scale_denominator" SET DATA TYPE BIGINT;

-- The least micro-ε, rounded up, that ρ-zCDP costs at δ: over a = α − 1 > 0 the least of
--   ρ(1 + a) + (ln(1/δ) − ln(1 + a))/a + ln a − ln(1 + a)            (Canonne, Kamath, Steinke 2020, corollary 13)
-- whose derivative is zero where ρa² + ln(1 + a) = ln(1/δ); the left side grows with a, so halving an interval finds it.
-- Numbers of 40 decimals; the bound holds for every a, and 1e-15 micro-ε more than make up for the rounding.
--   p_nano_rho ρ in units of 1e-9, > 0 · p_delta_pico δ in units of 1e-12, > 0
CREATE FUNCTION ledger.micro_epsilon_of_rho(p_nano_rho bigint, p_delta_pico bigint) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
DECLARE
  v_rho CONSTANT numeric := p_nano_rho::numeric(60, 40) / 1000000000;
  v_log CONSTANT numeric := -ln(p_delta_pico::numeric(60, 40) / 1000000000000);
  v_low numeric := 0;
  v_high numeric := round(sqrt(v_log / v_rho), 40);
  v_a numeric;
BEGIN
  FOR i IN 1 .. 120 LOOP
    v_a := round((v_low + v_high) / 2, 40);
    IF v_rho * v_a * v_a + ln(1 + v_a) < v_log THEN v_low := v_a; ELSE v_high := v_a; END IF;
  END LOOP;
  RETURN ceil(greatest(0, v_rho * (1 + v_high) + (v_log - ln(1 + v_high)) / v_high + ln(v_high) - ln(1 + v_high)) * 1000000
              + 0.000000000000001);
END $$;
REVOKE EXECUTE ON FUNCTION ledger.micro_epsilon_of_rho(bigint, bigint) FROM PUBLIC;

-- The numbers of a plan say the same in each mechanism's own way, exactly. Laplace: t = n/d = L/ε, ρ ≥ ε²/(2L). Gaussian:
-- σ² = n/d = L/(2ρ), one unit in each of L cells, and ε no less than what ρ costs at δ.
ALTER TABLE hub.plan
  DROP CONSTRAINT plan_scale,
  ADD CONSTRAINT plan_scale CHECK (
    CASE mechanism
      WHEN 'LAPLACE' THEN delta_pico = 0
        AND scale_numerator::numeric * epsilon_micro = bound::numeric * 1000000 * scale_denominator
        AND nano_rho::numeric * 2000 * bound >= epsilon_micro::numeric * epsilon_micro
      ELSE delta_pico > 0
        AND scale_numerator::numeric * 2 * nano_rho = bound::numeric * 1000000000 * scale_denominator
        AND epsilon_micro >= ledger.micro_epsilon_of_rho(nano_rho, delta_pico)
    END),
  -- the survivors of a sparse release are drawn from the tail of Laplace noise
  ADD CONSTRAINT plan_sparse_laplace CHECK (statistic <> 'ORIGIN_DESTINATION' OR mechanism = 'LAPLACE');

ALTER TABLE ledger.debit ADD COLUMN delta_pico integer NOT NULL DEFAULT 0 CHECK (delta_pico >= 0);
ALTER TABLE ledger.population_day
  ADD COLUMN spent_pico_delta integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT budget_not_overspent,
  ADD CONSTRAINT budget_not_overspent CHECK (spent_micro BETWEEN 0 AND cap_micro AND spent_pico_delta BETWEEN 0 AND 1000000);

-- A debit's δ comes from the plan, too. Triggers fire in order of name: after take_debit, which ends a repeated debit.
CREATE FUNCTION ledger.take_delta() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  SELECT p.delta_pico INTO STRICT NEW.delta_pico FROM hub.plan p WHERE p.number = NEW.plan;
  UPDATE ledger.population_day SET spent_pico_delta = spent_pico_delta + NEW.delta_pico
   WHERE population = NEW.population AND day = NEW.day AND NEW.delta_pico > 0;
  RETURN NEW;
END $$;
CREATE TRIGGER take_delta BEFORE INSERT ON ledger.debit FOR EACH ROW EXECUTE FUNCTION ledger.take_delta();

-- Plans leave a fifth of δ, as of ε, to corrections.
CREATE FUNCTION ledger.plans_fit_delta() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM FROM hub.population WHERE number = NEW.population_number FOR UPDATE;
  IF (SELECT sum(delta_pico) FROM hub.plan WHERE population_number = NEW.population_number AND corrects IS NULL) > 800000 THEN
    RAISE EXCEPTION 'the plans of this population would spend more than 8e-7 of delta' USING ERRCODE = 'MD013';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plans_fit_delta AFTER INSERT OR UPDATE ON hub.plan
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (NEW.delta_pico > 0) EXECUTE FUNCTION ledger.plans_fit_delta();
REVOKE EXECUTE ON FUNCTION ledger.take_delta(), ledger.plans_fit_delta() FROM PUBLIC;
