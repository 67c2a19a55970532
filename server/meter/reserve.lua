-- Keeps units of a licence's month for one request, or says why not. Atomic over all servers: Redis runs one at a time.
--   KEYS[1] hash  meter:{licence}:month        epoch, used, carried, held, r:<id> = "units caller", c:<caller> = units held
--   KEYS[2] zset  meter:{licence}:month:open   id of each open reservation, by its deadline (ms)
--   KEYS[3] zset  meter:{licence}:callers      callers of the last seconds, by when they were seen (ms)
--   KEYS[4] hash  meter:{licence}:rate         <caller> or * = "tokens ms": buckets of units
--   ARGV    id, units, caller, quota, burst (units), rate (units/s)
-- Answers {"OK", units kept, used, limit} · {"LOAD"}: not counted since this Redis started, load and ask again
--   {"QUOTA", used, limit}: all is used · {"HELD", ms}: open requests hold what is left
--   {"SHARE", ms}: others of the licence wait and this caller holds more than its share · {"RATE", ms}: too fast
-- Rule: units kept never exceed what is left, limit - used - held; a request that asks more than that gets what is left.
--   Fair: while n callers were seen in the last 10 s, one that holds something may hold a further request only up to
--   (limit - used) / n, and each has a bucket of 1/n of the licence's burst and rate beside the licence's own bucket.
local DEADLINE, SEEN, KEPT = 60000, 10000, 86400000
local id, units, caller = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local quota, burst, rate = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count = function(field) return tonumber(redis.call("HGET", KEYS[1], field) or "0") end

-- Whoever left a reservation open may have committed use that this Redis was not told: what is used is read again.
for _, gone in ipairs(redis.call("ZRANGEBYSCORE", KEYS[2], "-inf", now)) do
  local kept, by = string.match(redis.call("HGET", KEYS[1], "r:" .. gone) or "", "^(%d+) (.*)$")
  if kept then
    redis.call("HDEL", KEYS[1], "r:" .. gone)
    redis.call("HINCRBY", KEYS[1], "held", -kept)
    if redis.call("HINCRBY", KEYS[1], "c:" .. by, -kept) <= 0 then redis.call("HDEL", KEYS[1], "c:" .. by) end
  end
  redis.call("ZREM", KEYS[2], gone)
  redis.call("HDEL", KEYS[1], "epoch")
end
-- A server that started again may have lost what it was told last; one that was emptied has lost all.
local epoch = string.match(redis.call("INFO", "server"), "run_id:(%x+)")
if redis.call("HGET", KEYS[1], "epoch") ~= epoch then return { "LOAD" } end

local used, held = count("used"), count("held")
local limit = quota + count("carried")
local known = string.match(redis.call("HGET", KEYS[1], "r:" .. id) or "", "^(%d+) ")
if known then return { "OK", tonumber(known), used, limit } end

redis.call("ZADD", KEYS[3], now, caller)
redis.call("ZREMRANGEBYSCORE", KEYS[3], "-inf", "(" .. now - SEEN)
redis.call("PEXPIRE", KEYS[3], KEPT)
local callers = redis.call("ZCARD", KEYS[3])

if used >= limit then return { "QUOTA", used, limit } end
local left = limit - used - held
if left < 1 then return { "HELD", 1000 } end
if units > left then units = left end
local mine = count("c:" .. caller)
if callers > 1 and mine > 0 and mine + units > (limit - used) / callers then return { "SHARE", 1000 } end

local bucket = function(name, part)
  local tokens, at = string.match(redis.call("HGET", KEYS[4], name) or "", "^(%-?[%d.e+-]+) (%d+)$")
  if not tokens then return burst / part end
  return math.min(burst / part, tokens + (now - at) / 1000 * rate / part)
end
local whole, share = bucket("*", 1), bucket(caller, callers)
if whole < 1 or share < 1 then
  local wait = math.max((1 - whole) / rate, (1 - share) / rate * callers)
  return { "RATE", math.ceil(wait * 1000) }
end
redis.call("HSET", KEYS[4], "*", string.format("%.3f %d", whole - units, now))
redis.call("HSET", KEYS[4], caller, string.format("%.3f %d", share - units, now))
redis.call("PEXPIRE", KEYS[4], KEPT)

redis.call("HSET", KEYS[1], "r:" .. id, string.format("%d %s", units, caller))
redis.call("HINCRBY", KEYS[1], "held", units)
redis.call("HINCRBY", KEYS[1], "c:" .. caller, units)
redis.call("ZADD", KEYS[2], now + DEADLINE, id)
redis.call("PEXPIRE", KEYS[1], KEPT)
redis.call("PEXPIRE", KEYS[2], KEPT)
return { "OK", units, used, limit }
