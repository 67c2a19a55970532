-- Which releases were published, newest first?
--   $1 text dataset, or null · $2 bigint, $3 bigint: windows that start in [from, to), epoch ms, or null
--   $4 bigint after, $5 bigint before this number (null: open) · $6 boolean from the end · $7 integer how many
-- Columns: number, slot, dataset, version, window (epoch ms), abandoned, hash of the vector, ε (micro) and δ (pico) of a unit-day,
--   place in the log (null until signed), publication.
-- Plan: release by log index; by release_plan_window_start_key when a dataset is named; log_entry_leaf_index_key.
SELECT page.*, e.position AS "logIndex"
  FROM (SELECT r.log_index AS number, r.slot, r.dataset, r.version, extract(epoch FROM r.window_start)::bigint * 1000 AS "from",
               extract(epoch FROM r.window_end)::bigint * 1000 AS "to", r.abandoned, encode(r.digest, 'hex') AS digest,
               p.epsilon_micro AS "epsilonMicro", p.delta_pico AS "deltaPico",
               extract(epoch FROM r.published_at)::bigint * 1000 AS published
          FROM open.published_release r
          JOIN hub.plan p ON p.number = r.plan
         WHERE ($1::text IS NULL OR r.dataset = $1)
           AND ($2::bigint IS NULL OR r.window_start >= to_timestamp($2::bigint / 1000))
           AND ($3::bigint IS NULL OR r.window_start < to_timestamp($3::bigint / 1000))
           AND ($4::bigint IS NULL OR r.log_index < $4)
           AND ($5::bigint IS NULL OR r.log_index > $5)
         ORDER BY CASE WHEN $6::boolean THEN r.log_index END, r.log_index DESC
         LIMIT $7) AS page
  LEFT JOIN open.published_entry e ON e.leaf_index = page.number
 ORDER BY CASE WHEN $6::boolean THEN page.number END, page.number DESC
