-- Every object of a database that is no part of PostgreSQL or an extension, with what a role may do to it by the catalogue.
--   $1 text role
-- Columns: kind, name (as it is written in SQL), rights (array), call (a call of a function with nulls, or null), chunkOf (of a
--   chunk: its hypertable)
SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'relation' END AS kind, c.oid::regclass::text AS name,
       ARRAY(SELECT p FROM unnest(CASE c.relkind WHEN 'S' THEN '{USAGE,SELECT,UPDATE}'::text[]
                                  ELSE '{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER,MAINTAIN}'::text[] END) AS p
              WHERE CASE WHEN c.relkind = 'S' THEN has_sequence_privilege($1, c.oid, p)
                         ELSE has_table_privilege($1, c.oid, p)
                           OR (p IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege($1, c.oid, p)) END) AS rights,
       NULL AS call, (SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid LIMIT 1) AS "chunkOf"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_(catalog|toast|temp)' AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'function', p.oid::regprocedure::text, CASE WHEN has_function_privilege($1, p.oid, 'EXECUTE') THEN '{EXECUTE}'::text[] ELSE '{}' END,
       CASE p.prokind WHEN 'p' THEN format('CALL %I.%I(', n.nspname, p.proname)
              || (SELECT coalesce(string_agg('NULL::' || t::regtype, ', ' ORDER BY i), '') FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (t, i)) || ')'
            -- From a row, since a strict function of constant nulls is not called at all.
            ELSE format('SELECT %I.%I(', n.nspname, p.proname)
              || (SELECT coalesce(string_agg('a.a' || i, ', ' ORDER BY i), '') FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (t, i)) || ') FROM (SELECT 1'
              || (SELECT coalesce(string_agg(', NULL::' || t::regtype || ' AS a' || i, '' ORDER BY i), '') FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (t, i))
              || ' OFFSET 0) AS a' END, NULL
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
   AND n.nspname NOT IN ('pg_catalog', 'information_schema')
UNION ALL
SELECT 'schema', nspname, ARRAY(SELECT r FROM unnest('{USAGE,CREATE}'::text[]) AS r WHERE has_schema_privilege($1, n.oid, r)), NULL, NULL
  FROM pg_namespace n
 WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
UNION ALL
SELECT 'language', lanname, CASE WHEN has_language_privilege($1, oid, 'USAGE') THEN '{USAGE}'::text[] ELSE '{}' END, NULL, NULL
  FROM pg_language WHERE lanpltrusted
UNION ALL
SELECT 'database', datname, ARRAY(SELECT r FROM unnest('{CONNECT,CREATE,TEMPORARY}'::text[]) AS r WHERE has_database_privilege($1, oid, r)), NULL, NULL
  FROM pg_database WHERE datallowconn
UNION ALL
SELECT 'large object', m.oid::text, ARRAY(SELECT a.privilege_type FROM aclexplode(coalesce(m.lomacl, acldefault('L', m.lomowner))) a
                                      WHERE a.grantee IN (0, (SELECT r.oid FROM pg_roles r WHERE r.rolname = $1))), NULL, NULL
  FROM pg_largeobject_metadata m
UNION ALL
SELECT 'role', rolname, CASE WHEN pg_has_role($1, oid, 'MEMBER') THEN '{MEMBER}'::text[] ELSE '{}' END, NULL, NULL
  FROM pg_roles WHERE rolname <> $1
UNION ALL
SELECT 'foreign server', srvname, CASE WHEN has_server_privilege($1, oid, 'USAGE') THEN '{USAGE}'::text[] ELSE '{}' END, NULL, NULL
  FROM pg_foreign_server
 ORDER BY 1, 2
