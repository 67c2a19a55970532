-- With L by daypart the slots of a unit-day are numbered through all its parts: the first part has the slots 1 … L of that
-- part, the next one goes on from there. So the database still holds the whole L, whatever strata rows claim to be of:
-- at most one row a slot, and no slot beyond L (rule P3).
SET lock_timeout = '5s';

ALTER TABLE edge.bounded DROP CONSTRAINT slot_once;
ALTER TABLE edge.bounded ADD CONSTRAINT slot_once UNIQUE (day, plan, pseudonym, slot);
