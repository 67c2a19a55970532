-- How did the market decide in the last 365 whole days? Of everybody together.
-- Columns: dataset (null: all), requests, granted, refused, lapsed, medianDays from request to decision (null: none).
-- Plan: events of a year, once.
SELECT dataset, requests, granted, refused, lapsed, median_decision_days AS "medianDays"
  FROM market.figures
 ORDER BY dataset NULLS FIRST
