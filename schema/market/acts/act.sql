-- Does one step of a licence's life, under the row's lock.
--   $1 uuid licence · $2 integer seq that was seen · $3 text action · $4 uuid actor · $5 text reason · $6 jsonb {message, and
--   for APPROVE area, from, to, step, quota, conditions}
-- Columns: id of the licence. Raises MD040 (someone was faster), MD041 to MD044.
SELECT (market.act($1::uuid, $2::integer, $3::text, $4::uuid, $5::text, $6::jsonb)).id AS id
