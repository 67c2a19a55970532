-- Whose units does a feed tell of, and where do their days begin?
-- Columns: feed, population, time_zone.
SELECT f.id AS feed, f.population_number AS population, c.time_zone
  FROM hub.feed f JOIN hub.population p ON p.number = f.population_number JOIN hub.city c ON c.id = p.city_id
