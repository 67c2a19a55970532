-- Which leaf tells of a licence's transition, and what opens its commitment?
--   $1 uuid licence · $2 integer seq
-- Columns: the leaf's number within the hub, salt in hexadecimal, body as it was hashed; no row where nothing is told.
-- Plan: leaf_secret_licence_seq_key.
SELECT leaf_index AS leaf, encode(salt, 'hex') AS salt, body FROM market.leaf_secret WHERE licence = $1::uuid AND seq = $2::integer
