-- Is the trail whole, and where does it end?
-- Columns: entries, head (hash of the last entry, hexadecimal), faults as {id, fault}, at most 100.
-- Plan: reads the whole trail; for auditors, seldom.
SELECT (SELECT count(*) FROM market.audit) AS entries,
       (SELECT encode(hash, 'hex') FROM market.audit ORDER BY id DESC LIMIT 1) AS head,
       (SELECT coalesce(json_agg(json_build_object('id', f.id, 'fault', f.fault)), '[]')
          FROM (SELECT id, fault FROM market.audit_faults() LIMIT 100) f) AS faults
