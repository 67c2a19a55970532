-- Notes the day on which a key was used last.
--   $1 uuid key · $2 date day
SELECT market.key_used($1, $2)
