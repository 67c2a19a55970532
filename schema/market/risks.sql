-- What is to be weighed of these requests?
--   $1 uuid[] licences
-- Columns: id, ε of a unit-day (micro) of the dataset's newest plan (null: no plan), licences of the organisation that are
--   in force, and how many of its were refused or revoked.
-- Plan: by primary keys and the licence's index by organisation.
SELECT l.id,
       (SELECT p.epsilon_micro FROM hub.plan p WHERE p.dataset_id = l.dataset ORDER BY p.version DESC LIMIT 1) AS "epsilonMicro",
       (SELECT count(*) FROM market.licence o WHERE o.organization = l.organization AND o.state = 'ACTIVE') AS "activeLicences",
       (SELECT count(*) FROM market.licence o
         WHERE o.organization = l.organization AND o.id <> l.id AND o.state IN ('REFUSED', 'REVOKED')) AS "earlierRefusals"
  FROM market.licence l
 WHERE l.id = ANY ($1)
