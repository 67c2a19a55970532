-- Which entries has the audit trail, from its beginning?
--   $1 bigint ids above this · $2 integer how many
-- Columns: id, at in epoch ms, actor and name, act, subjectKind, subjectId, reason, before, after as JSON text, previous and hash
--   in hexadecimal, text (exactly what is hashed behind the previous hash), salt in hexadecimal and body of the personal part
--   (body null: none, or erased).
-- Plan: audit_pkey.
SELECT a.id, (extract(epoch FROM a.at) * 1000)::bigint AS at, a.actor, p.display_name AS "actorName", a.act,
       a.subject_kind AS "subjectKind", a.subject_id AS "subjectId", a.reason, a.before::text AS before, a.after::text AS after,
       encode(a.previous, 'hex') AS previous, encode(a.hash, 'hex') AS hash, market.audit_text(a) AS text,
       encode(a.personal_salt, 'hex') AS salt, q.body::text AS personal
  FROM market.audit a
  LEFT JOIN market.person p ON p.id = a.actor
  LEFT JOIN market.audit_personal q ON q.audit_id = a.id
 WHERE a.id > $1::bigint
 ORDER BY a.id
 LIMIT $2
