-- On what ground a controller processes the records of a population: a privacy card says it.
SET lock_timeout = '5s';

ALTER TABLE hub.population
  ADD COLUMN legal_basis_ko text NOT NULL DEFAULT '밝혀지지 않음' CHECK (legal_basis_ko <> ''),
  ADD COLUMN legal_basis_en text NOT NULL DEFAULT 'not stated' CHECK (legal_basis_en <> '');
