-- Takes over what PostgreSQL says of a licence's month: after this Redis was emptied or started again, and after a
-- reservation ended by its deadline.
--   KEYS[1] hash meter:{licence}:month   (reserve.lua)
--   ARGV    used, carried (units)
-- Answers nothing. Any number of servers may do it at once, and with answers of different age: the greater `used` stays.
local used = math.max(tonumber(ARGV[1]), tonumber(redis.call("HGET", KEYS[1], "used") or "0"))
redis.call("HSET", KEYS[1], "used", string.format("%d", used), "carried", ARGV[2],
  "epoch", string.match(redis.call("INFO", "server"), "run_id:(%x+)"))
redis.call("PEXPIRE", KEYS[1], 86400000)
