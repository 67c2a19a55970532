-- Opens a correction on an open day and gives it what its plan has taken of its windows (edge.open_correction).
--   $1 population  $2 day  $3 correction  $4 corrected plan  $5 start of its first window  $6 end of its last
--   raises MD021 where the day is sealed or was never opened
SELECT edge.open_correction($1, $2, $3, $4, $5, $6)
