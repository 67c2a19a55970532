-- What was done in the market, newest first?
--   $1 text subject, or null · $2 text[] acts, or null
--   $3 bigint ids below, $4 bigint above this (null: open) · $5 boolean oldest first · $6 integer how many
-- Columns: id, at in epoch ms, actor, act, subjectKind, subjectId, reason, before, after and personal part as JSON text,
--   personalErased: whether there was one that is gone, previous and hash in hexadecimal.
-- Plan: audit_pkey, or audit_subject.
SELECT a.id, (extract(epoch FROM a.at) * 1000)::bigint AS at, a.actor, p.display_name AS "actorName", a.act,
       a.subject_kind AS "subjectKind", a.subject_id AS "subjectId", a.reason, a.before::text AS before, a.after::text AS after,
       q.body::text AS personal, a.personal_hash IS NOT NULL AND q.body IS NULL AS "personalErased",
       encode(a.previous, 'hex') AS previous, encode(a.hash, 'hex') AS hash
  FROM market.audit a
  LEFT JOIN market.person p ON p.id = a.actor
  LEFT JOIN market.audit_personal q ON q.audit_id = a.id
 WHERE ($1::text IS NULL OR a.subject_id = $1)
   AND ($2::text[] IS NULL OR a.act = ANY ($2))
   AND ($3::bigint IS NULL OR a.id < $3)
   AND ($4::bigint IS NULL OR a.id > $4)
 ORDER BY CASE WHEN $5::boolean THEN a.id END, a.id DESC
 LIMIT $6
