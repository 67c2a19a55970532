-- Forgets what has expired, and attempts of more than a day ago.
WITH gone AS (DELETE FROM identity.stored WHERE expires_at < now() - interval '1 minute')
DELETE FROM identity.failure WHERE last_at < now() - interval '1 day'
