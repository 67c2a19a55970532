-- Counts a failed attempt; from the free ones on, each doubles the pause, up to the longest. After a quiet time it begins anew.
--   $1 bytea key, $2 integer free attempts, $3 integer first pause (s), $4 integer longest pause (s), $5 integer quiet time (s)
INSERT INTO identity.failure AS f (key, failures, last_at, blocked_until)
VALUES ($1, 1, now(), now() + CASE WHEN $2 < 1 THEN make_interval(secs => $3) ELSE interval '0' END)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN f.last_at < now() - make_interval(secs => $5) THEN 1 ELSE least(f.failures + 1, 1000) END,
  last_at = now(),
  blocked_until = now() + CASE
    WHEN f.last_at < now() - make_interval(secs => $5) OR f.failures + 1 <= $2 THEN interval '0'
    ELSE make_interval(secs => least($4, $3 * power(2, least(f.failures - $2, 20)))) END
