-- Which statistics are made of a population's units, and which public cells do they have?
-- A correction takes rows while its days may be open: up to lateness and six hours after them.
-- Columns: number, population, statistic, step, split, classes, dayparts (first local hours), bin_edges,
--   and parallel lists of the partitions: cells, zones, kinds,
--   h3 ('' where the zone has none), categories ('' where the plan has no split).
SELECT p.number, p.population_number AS population, p.statistic::text AS statistic, p.step, p.split, p.classes, p.daypart_hours AS dayparts, p.bin_edges,
       coalesce(q.cells, '{}') AS cells, coalesce(q.zones, '{}') AS zones, coalesce(q.kinds, '{}') AS kinds,
       coalesce(q.h3, '{}') AS h3, coalesce(q.categories, '{}') AS categories
  FROM hub.plan p
  JOIN hub.population n ON n.number = p.population_number
  LEFT JOIN hub.outage o ON o.id = p.outage_id
  LEFT JOIN LATERAL (
    SELECT array_agg(r.cell) AS cells, array_agg(r.zone_id) AS zones, array_agg(z.kind::text) AS kinds,
           array_agg(coalesce(z.h3, '')) AS h3, array_agg(coalesce(r.category, '')) AS categories
      FROM hub.partition r JOIN hub.zone z ON z.id = r.zone_id WHERE r.plan_number = p.number
  ) q ON true
 WHERE o.id IS NULL OR o.ends_at > now() - make_interval(secs => n.lateness_seconds) - interval '36 hours'
