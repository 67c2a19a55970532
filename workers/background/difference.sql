-- For how many licences and months is what was counted not the sum of the events? Always none.
-- Columns: found.
-- Plan: all events, four times a day.
SELECT count(*) AS found FROM meter.difference
