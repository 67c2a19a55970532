-- Which outages of a dataset were declared, newest first, and what became of their corrections?
--   $1 text dataset · $2 text after, $3 text before this position (null: open) · $4 boolean from the end · $5 integer how many
-- Columns: position (orders them), id, from, to (epoch ms), reason, text, declared (epoch ms), organization, annotatedOnly (null:
--   a correction stands), version and corrects (plan versions), epsilonMicro and half width of the correction, released:
--   windows of it that were published, abandoned: whether it was given up.
-- Plan: outage_dataset_id_starts_at_idx, plan_outage_id_idx, release_plan_window_start_key.
SELECT * FROM (
  SELECT to_char(o.declared_at, 'YYYYMMDDHH24MISSMS') || o.id AS position, o.id, extract(epoch FROM o.starts_at)::bigint * 1000 AS "from",
         extract(epoch FROM o.ends_at)::bigint * 1000 AS "to", o.reason, json_build_object('ko', o.text_ko, 'en', o.text_en) AS text,
         extract(epoch FROM o.declared_at)::bigint * 1000 AS declared, o.declared_by AS organization,
         o.annotated_only AS "annotatedOnly", p.version, c.version AS corrects, p.epsilon_micro AS "epsilonMicro",
         p.half_width_95 AS "halfWidth95",
         (SELECT count(*) FROM open.published_correction r WHERE r.outage = o.id AND NOT r.abandoned) AS released,
         EXISTS (SELECT FROM open.published_correction r WHERE r.outage = o.id AND r.abandoned) AS abandoned
    FROM hub.outage o
    LEFT JOIN hub.plan p ON p.outage_id = o.id
    LEFT JOIN hub.plan c ON c.number = p.corrects
   WHERE o.dataset_id = $1) AS declared
 WHERE ($2::text IS NULL OR position < $2) AND ($3::text IS NULL OR position > $3)
 ORDER BY CASE WHEN $4::boolean THEN position END, position DESC
 LIMIT $5
