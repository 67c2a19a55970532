-- The structure of a database as lines of text: what a migration history must always lead to.
-- parameters: $1 schemas (text[])
-- columns: line
-- plan: catalogue only; chunks of hypertables and the history table of the migrations are left out
WITH relation AS (
  SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind, c.relacl, c.relowner
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ANY ($1) AND c.relname <> '_prisma_migrations'
),
line AS (
  SELECT format('column %s.%s %s%s%s', r.name, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
                coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
   WHERE r.relkind IN ('r', 'p', 'v')
  UNION ALL
  SELECT format('constraint %s %s %s', r.name, k.conname, pg_get_constraintdef(k.oid))
    FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype <> 'n'
  UNION ALL
  SELECT format('index %s', pg_get_indexdef(r.oid)) FROM relation r WHERE r.relkind = 'i'
  UNION ALL
  SELECT format('trigger %s %s', r.name, pg_get_triggerdef(t.oid))
    FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
  UNION ALL
  SELECT format('view %s %s', r.name, regexp_replace(pg_get_viewdef(r.oid), '\s+', ' ', 'g'))
    FROM relation r WHERE r.relkind = 'v'
  UNION ALL
  SELECT format('function %s.%s(%s) %s md5 %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
                CASE WHEN p.prosecdef THEN 'security definer' ELSE 'invoker' END, md5(pg_get_functiondef(p.oid)))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY ($1)
  UNION ALL
  SELECT format('enum %s.%s %s', n.nspname, t.typname, string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder))
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
   WHERE n.nspname = ANY ($1) GROUP BY n.nspname, t.typname
  UNION ALL
  SELECT format('grant %s on %s to %s', string_agg(lower(x.privilege_type), ', ' ORDER BY x.privilege_type), r.name,
                coalesce(g.rolname, 'public'))
    FROM relation r, aclexplode(r.relacl) x LEFT JOIN pg_roles g ON g.oid = x.grantee
   WHERE x.grantee <> r.relowner GROUP BY r.name, g.rolname
  UNION ALL
  SELECT format('grant %s on %s (%s) to %s', lower(x.privilege_type), r.name,
                string_agg(a.attname, ', ' ORDER BY a.attname), coalesce(g.rolname, 'public'))
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid, aclexplode(a.attacl) x
    LEFT JOIN pg_roles g ON g.oid = x.grantee
   GROUP BY r.name, x.privilege_type, g.rolname
  UNION ALL
  SELECT format('grant usage on schema %s to %s', n.nspname, string_agg(g.rolname, ', ' ORDER BY g.rolname))
    FROM pg_namespace n, aclexplode(n.nspacl) x JOIN pg_roles g ON g.oid = x.grantee
   WHERE n.nspname = ANY ($1) AND x.grantee <> n.nspowner GROUP BY n.nspname
  UNION ALL
  SELECT format('grant execute on %s.%s to %s', n.nspname, p.proname,
                string_agg(coalesce(g.rolname, 'public'), ', ' ORDER BY g.rolname))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
         aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x LEFT JOIN pg_roles g ON g.oid = x.grantee
   WHERE n.nspname = ANY ($1) AND x.grantee <> p.proowner GROUP BY n.nspname, p.proname, p.oid
)
SELECT line FROM line ORDER BY line COLLATE "C"
