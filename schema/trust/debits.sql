-- What was spent of the budget of a population and day?
--   $1 integer population · $2 date day
-- Columns: dataset, version, micro-ε, pico-δ; one row a debit. Times of debits are not told (rule P12).
-- Plan: debit_population_day.
SELECT p.dataset_id AS dataset, p.version, b.epsilon_micro AS "epsilonMicro", b.delta_pico AS "deltaPico"
  FROM ledger.debit b
  JOIN hub.plan p ON p.number = b.plan
 WHERE b.population = $1 AND b.day = $2::date
 ORDER BY p.dataset_id, p.version
