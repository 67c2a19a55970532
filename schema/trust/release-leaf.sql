-- Which leaf tells of a published release, and what opens it where it is a commitment?
--   $1 uuid slot
-- Columns: the leaf's number within the hub, dataset, window (epoch ms), salt in hexadecimal (null: no commitment), body: the
--   digest of the values, in hexadecimal as it was hashed; no row while it is not published.
-- Plan: release_pkey, leaf_salt_pkey.
SELECT r.log_index AS leaf, r.dataset, extract(epoch FROM r.window_start)::bigint * 1000 AS "from",
       extract(epoch FROM r.window_end)::bigint * 1000 AS "to", encode(s.salt, 'hex') AS salt, encode(r.digest, 'hex') AS body
  FROM open.published_release r
  LEFT JOIN open.leaf_salt s ON s.leaf_index = r.log_index
 WHERE r.slot = $1::uuid
