-- Which outages were declared, newest first?
--   $1 text dataset, or null for all · $2 integer how many
-- Columns: outage, dataset, from, to, reason, ko, en, declaredAt, annotatedOnly (null: a correction stands), version and
--   corrects (plan versions) and epsilonMicro of the correction.
SELECT o.id AS outage, o.dataset_id AS dataset, o.starts_at AS "from", o.ends_at AS "to", o.reason, o.text_ko AS ko,
       o.text_en AS en, o.declared_at AS "declaredAt", o.annotated_only AS "annotatedOnly", p.version, c.version AS corrects,
       p.epsilon_micro AS "epsilonMicro"
  FROM hub.outage o
  LEFT JOIN hub.plan p ON p.outage_id = o.id
  LEFT JOIN hub.plan c ON c.number = p.corrects
 WHERE $1::text IS NULL OR o.dataset_id = $1
 ORDER BY o.declared_at DESC, o.id LIMIT $2
