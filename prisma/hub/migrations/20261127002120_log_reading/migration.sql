-- What the API reads of the log: hashes of places for tiles, and no time of signing, which is nobody's business (rule P12).
SET lock_timeout = '5s';

DROP VIEW open.published_entry;
DROP VIEW open.published_checkpoint;
CREATE VIEW open.published_checkpoint AS
  SELECT origin, verifier_key, size, root, note FROM open.log_checkpoint ORDER BY id DESC LIMIT 1;
-- What a signed tree holds.
CREATE VIEW open.published_entry AS
  SELECT e.position, e.leaf_index, e.entry, e.leaf_hash
    FROM open.log_entry e WHERE e.position < (SELECT c.size FROM open.published_checkpoint c);

GRANT SELECT ON open.published_checkpoint, open.published_entry TO madang_api;
GRANT SELECT (position, leaf_hash) ON open.log_entry TO madang_api;
