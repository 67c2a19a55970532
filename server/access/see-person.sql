-- Who is the person of a verified token, and where are they a member?
--   $1 text issuer · $2 text subject · $3 text e-mail address, or null · $4 text name, or null
--   $5 boolean the issuer says that the address was proved
-- Columns: person; memberships: JSON list of {organization, role} in organisations that are open.
-- Plan: person_issuer_subject_key, member_person.
WITH seen AS MATERIALIZED (SELECT p.id FROM market.see_person($1, $2, $3, $4, $5) p)
SELECT s.id AS person, coalesce((
         SELECT json_agg(json_build_object('organization', m.organization, 'role', m.role) ORDER BY m.organization)
           FROM market.member m JOIN hub.organization o ON o.id = m.organization AND o.closed_at IS NULL
          WHERE m.person = s.id AND m.left_at IS NULL), '[]') AS memberships
  FROM seen s
