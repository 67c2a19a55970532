-- Ends reservations of one licence and month, and takes over what PostgreSQL says is used.
--   KEYS[1] hash meter:{licence}:month · KEYS[2] zset meter:{licence}:month:open · KEYS[3] hash meter:{licence}:rate  (reserve.lua)
--   ARGV    used (units of the month as committed; -1: nothing was), then for each reservation: id, units it came to
-- Answers how many were open. Ending one again changes nothing.
-- What is used only grows in PostgreSQL, so that the greater of two is the later one, in whatever order they come.
-- The difference to what was kept flows back into the buckets of the rate.
local ended = 0
for i = 2, #ARGV, 2 do
  local id, units = ARGV[i], tonumber(ARGV[i + 1])
  local kept, caller = string.match(redis.call("HGET", KEYS[1], "r:" .. id) or "", "^(%d+) (.*)$")
  if kept then
    redis.call("HDEL", KEYS[1], "r:" .. id)
    redis.call("HINCRBY", KEYS[1], "held", -kept)
    if redis.call("HINCRBY", KEYS[1], "c:" .. caller, -kept) <= 0 then redis.call("HDEL", KEYS[1], "c:" .. caller) end
    for _, name in ipairs({ "*", caller }) do
      local tokens, at = string.match(redis.call("HGET", KEYS[3], name) or "", "^(%-?[%d.e+-]+) (%d+)$")
      if tokens then redis.call("HSET", KEYS[3], name, string.format("%.3f %s", tokens + kept - units, at)) end
    end
    ended = ended + 1
  end
  redis.call("ZREM", KEYS[2], id)
end
local used = tonumber(ARGV[1])
-- Also where this Redis knows nothing of the month: a server may be about to load an older sum.
if used > tonumber(redis.call("HGET", KEYS[1], "used") or "0") then
  redis.call("HSET", KEYS[1], "used", string.format("%d", used))
  redis.call("PEXPIRE", KEYS[1], 86400000)
end
return ended
