-- Takes back keys that have been followed by another one for longer than any token lives.
--   $1 float8 seconds
DELETE FROM identity.signing_key k
 WHERE EXISTS (SELECT FROM identity.signing_key n
                WHERE n.signs_from > k.signs_from AND n.signs_from < now() - make_interval(secs => $1))
