-- Which past periods are declared (rule P19)?
-- Columns: id, population, first_day, last_day (both belong to it).
SELECT id, population_number AS population, first_day, last_day FROM hub.backfill
