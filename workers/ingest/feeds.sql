-- What does a feed carry, whose is it, and by which clock and calendar is it judged?
-- Columns: feed, reading_types, population, controller, lateness_seconds, skew_seconds, city, time_zone, west, south,
--   east, north, events (datasets of things), availability (datasets of vehicles and docks).
SELECT f.id AS feed, f.reading_types, p.number AS population, p.controller_id AS controller, p.lateness_seconds,
       p.skew_seconds, c.id AS city, c.time_zone, c.west, c.south, c.east, c.north,
       ARRAY(SELECT d.id FROM hub."_DatasetToFeed" j JOIN hub.dataset d ON d.id = j."A"
              WHERE j."B" = f.id AND d.kind = 'EVENTS' ORDER BY 1) AS events,
       ARRAY(SELECT d.id FROM hub."_DatasetToFeed" j JOIN hub.dataset d ON d.id = j."A"
              WHERE j."B" = f.id AND d.kind = 'AVAILABILITY' ORDER BY 1) AS availability
  FROM hub.feed f JOIN hub.population p ON p.number = f.population_number JOIN hub.city c ON c.id = p.city_id
