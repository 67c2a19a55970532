-- What can be corrected of a dataset, and what it would cost?
--   $1 text dataset · $2 date[] local days of the outage
-- Columns: one row, none without such a dataset: timeZone, organization, and the newest ordinary plan that was debited on one of the days, else the newest of all: number, version,
--   step, bound, epsilonMicro, deltaPico, population (null: the dataset has no plan).
SELECT c.time_zone AS "timeZone", d.organization_id AS organization, p.number, p.version, p.step, p.bound,
       p.epsilon_micro AS "epsilonMicro", p.delta_pico AS "deltaPico", p.population_number AS population
  FROM hub.dataset d
  JOIN hub.city c ON c.id = d.city_id
  LEFT JOIN LATERAL (
    SELECT l.* FROM hub.plan l
     WHERE l.dataset_id = d.id AND l.corrects IS NULL
     ORDER BY EXISTS (SELECT FROM ledger.debit b WHERE b.plan = l.number AND b.day = ANY ($2::date[])) DESC, l.version DESC
     LIMIT 1) p ON true
 WHERE d.id = $1
